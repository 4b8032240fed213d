import { flagsOf } from '../../line/flags.ts'
import { type Command, EXIT, type ExitCode, type Terminal, UsageError } from '../command.ts'
import { completionScript, SHELLS } from '../completion-script.ts'
import { commandNames, loadCommand, loadQuestions } from '../registry.ts'
import { surfaceFlags } from '../surface-flags.ts'

const command: Command = {
  name: 'completion',
  summary: 'Completion of commands and options for bash, zsh or fish',
  help: `Usage: cadastre completion bash|zsh|fish

Prints a script that completes the names of questions, commands and their options.

Examples:
  source <(cadastre completion bash)
  cadastre completion zsh > "\${fpath[1]}/_cadastre"
  cadastre completion fish > ~/.config/fish/completions/cadastre.fish
`,
  flags: [],
  run,
}
export default command

async function run([given]: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const shell = SHELLS.find(name => name === given)
  if (shell === undefined) throw new UsageError(`say for which shell: ${SHELLS.join(', ')}`)
  const questions = [...(await loadQuestions()).values()].map(question => ({
    name: question.name,
    summary: question.purpose,
    flags: [
      ...flagsOf(question).map(flag => flag.name),
      ...Object.keys(surfaceFlags(question)).map(name => `--${name}`),
    ],
  }))
  const others = commandNames().filter(name => name !== command.name)
  const commands = [...(await Promise.all(others.map(loadCommand))), command]
  await terminal.write(completionScript(shell, [...questions, ...commands]))
  return EXIT.found
}

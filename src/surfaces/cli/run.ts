import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAddress } from '../../model/address.ts'
import { Fault, messageOf } from '../../model/fault.ts'
import { nearest } from '../../model/nearest.ts'
import { TooSlow } from '../../store/too-slow.ts'
import { EXIT, type ExitCode, type Terminal, UsageError } from './command.ts'
import { paintFor } from './paint.ts'
import { commandNames, loadCommand, loadCommands, loadQuestion, loadQuestions, questionNames } from './registry.ts'
import { safe } from './safe.ts'

/** Runs one command line; only the code that it needs is loaded. Never throws: what goes wrong is said, with the next step. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') return await help(rest, terminal)
    if (name === '--version' || name === '-V') {
      await terminal.write(`${version()}\n`)
      return EXIT.found
    }
    return await dispatch(name, rest, terminal)
  } catch (error) {
    // Whoever pressed Ctrl-C, or stopped reading (`| head`), knows.
    if (terminal.signal.aborted && error instanceof Error && error.name === 'AbortError') return EXIT.unreadable
    const paint = paintFor({ ...terminal, isTerminal: terminal.isNoteTerminal })
    terminal.note(paint('red', lines(messageFor(error, name ?? ''))))
    if (terminal.environment['CADASTRE_DEBUG'] && error instanceof Error) terminal.note(error.stack ?? '')
    return error instanceof UsageError ? EXIT.usage : EXIT.unreadable
  }
}

async function dispatch(name: string, args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const isHelp = args.slice(0, endOfOptions(args)).some(arg => arg === '--help' || arg === '-h')
  if (questionNames().includes(name)) {
    const [question, { questionHelp, runQuestion }] = await Promise.all([
      loadQuestion(name),
      import('./question-command.ts'),
    ])
    if (!isHelp) return runQuestion(question, args, terminal)
    await terminal.write(questionHelp(question))
    return EXIT.found
  }
  if (commandNames().includes(name)) {
    const command = await loadCommand(name)
    if (!isHelp) return command.run(args, terminal)
    await terminal.write(command.help.endsWith('\n') ? command.help : `${command.help}\n`)
    return EXIT.found
  }
  throw new UsageError(unknown(name))
}

function endOfOptions(args: readonly string[]): number {
  const end = args.indexOf('--')
  return end < 0 ? args.length : end
}

function unknown(name: string): string {
  if (name.startsWith('-')) return `there is no option ${name} here`
  if (isAddress(name) || /^(i-|vpc-|arn:|AKIA)/.test(name)) return `to find it, ask \`cadastre where ${name}\``
  const close = nearest(name, [...questionNames(), ...commandNames()])
  return `there is no command ${name}${close === undefined ? '' : `; did you mean ${close}?`}`
}

function messageFor(error: unknown, name: string): string {
  if (error instanceof UsageError) {
    const isCommand = [...questionNames(), ...commandNames()].includes(name)
    return `cadastre${isCommand ? ` ${name}` : ''}: ${error.message}\nSee \`cadastre ${isCommand ? `${name} ` : ''}--help\`.`
  }
  if (error instanceof TooSlow) return `cadastre ${name}: ${error.message}`
  if (error instanceof Fault) return `cadastre: ${messageOf(error)}`
  return `cadastre: ${messageOf(error)}\nThis was not expected. With CADASTRE_DEBUG=1 it says where it happened.`
}

function lines(message: string): string {
  return message.split('\n').map(safe).join('\n')
}

/** `cadastre --help`, or `cadastre help NAME`. */
async function help([name]: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (name !== undefined && !name.startsWith('-')) return dispatch(name, ['--help'], terminal)
  const [questions, commands] = await Promise.all([loadQuestions(), loadCommands()])
  const paint = paintFor(terminal)
  const all = [...questions.keys(), ...commands.map(command => command.name)]
  const width = Math.max(...all.map(word => word.length))
  const row = (word: string, summary: string) => `  ${paint('bold', word.padEnd(width))}  ${summary}`
  await terminal.write(
    [
      'Cadastre: what exists in your clouds, where, who changed it and when.',
      '',
      'Usage: cadastre QUESTION … [--at TIME] [--json], or cadastre COMMAND …',
      '',
      'Questions:',
      ...[...questions.values()].map(question => row(question.name, question.purpose)),
      '',
      'Commands:',
      ...commands.map(command => row(command.name, command.summary)),
      '',
      'Each has its own --help with examples. Data is kept in CADASTRE_HOME, or in your PostgreSQL at DATABASE_URL.',
      '',
    ].join('\n'),
  )
  return EXIT.found
}

function version(): string {
  const path = join(import.meta.dirname, '..', '..', '..', 'package.json')
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}

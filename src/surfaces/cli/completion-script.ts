/** What completion offers after a command's name. */
export interface Completed {
  readonly name: string
  readonly summary: string
  readonly flags: readonly string[]
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** The script that teaches a shell the commands and their flags. */
export function completionScript(shell: Shell, commands: readonly Completed[]): string {
  return { bash, zsh, fish }[shell](commands)
}

function bash(commands: readonly Completed[]): string {
  return `_cadastre() {
  local word=\${COMP_WORDS[COMP_CWORD]} words
  if [ "$COMP_CWORD" -eq 1 ]; then words="${commands.map(({ name }) => name).join(' ')} help --help --version"
  else case \${COMP_WORDS[1]} in
${commands.map(({ name, flags }) => `    ${name}) words="${flags.join(' ')} --help" ;;`).join('\n')}
    help) words="${commands.map(({ name }) => name).join(' ')}" ;;
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _cadastre cadastre
`
}

function zsh(commands: readonly Completed[]): string {
  return `#compdef cadastre
_cadastre() {
  if (( CURRENT == 2 )); then
    local -a names=(
${commands.map(({ name, summary }) => `      ${quoted(`${name}:${summary.replaceAll(':', ' -')}`)}`).join('\n')}
    )
    _describe command names
    return
  fi
  case $words[2] in
${commands.map(({ name, flags }) => `    ${name}) compadd -- ${flags.join(' ')} --help ;;`).join('\n')}
  esac
  _files
}
compdef _cadastre cadastre
`
}

function fish(commands: readonly Completed[]): string {
  const lines = commands.flatMap(({ name, summary, flags }) => [
    `complete -c cadastre -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ...[...flags, '--help'].map(
      flag => `complete -c cadastre -n '__fish_seen_subcommand_from ${name}' -l ${flag.replace(/^--/, '')}`,
    ),
  ])
  return `${lines.join('\n')}\n`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", '’')}'`
}

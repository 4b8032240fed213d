import { principalOf } from '../../../access/explain.ts'
import { checkAccess, showAccess } from '../access-report.ts'
import { type Command, UsageError } from '../command.ts'

export default {
  name: 'access',
  summary: 'Who may ask what: the policy as it applies now, and why somebody may or may not',
  help: `Usage: cadastre access check PRINCIPAL [QUESTION [ARGUMENTS …]] [--group GROUP …] [--json]
       cadastre access show [--json]

check explains, grant by grant, what somebody may ask and see. With a question and its arguments, it says what they are told, and what
there is. show lists the grants of the policy with the accounts that they stand for now. Both read the policy file anew, and name every
error in it with its line. docs/access.md describes the file.

  PRINCIPAL  token:NAME, slack-user:U0123 (or slack-user:T01:U0123), mattermost-user:ID, oidc-subject:SUB
  --group    slack-group:S0123, oidc-group:NAME: a group that they are in; may be repeated
  --json     one JSON document

Exit codes: 0 they may, 1 they may not, 2 wrong usage, 3 the policy cannot be read.

  cadastre access check token:ci
  cadastre access check slack-user:U0123 where 10.12.7.31 --group slack-group:S0456
  cadastre access show
`,
  flags: ['--group', '--json'],
  async run(args, terminal) {
    const { words, groups, isJson } = split(args)
    const [verb, who, question, ...rest] = words
    if (verb === 'show' && who === undefined) return showAccess(terminal, isJson)
    if (verb !== 'check' || who === undefined) throw new UsageError('say `access check PRINCIPAL …` or `access show`')
    const principal = principalOf(who, groups)
    if (principal === undefined)
      throw new UsageError(`${who} is no principal: token:NAME, slack-user:U0123, mattermost-user:ID, oidc-subject:SUB`)
    return checkAccess({ principal, question, args: rest }, terminal, isJson)
  },
} satisfies Command

/** Our own flags, wherever they stand; all others belong to the question. */
function split(args: readonly string[]): { words: string[]; groups: string[]; isJson: boolean } {
  const words: string[] = []
  const groups: string[] = []
  let isJson = false
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (arg === '--json') isJson = true
    else if (arg === '--group') groups.push(given(args[++at]))
    else if (arg.startsWith('--group=')) groups.push(given(arg.slice('--group='.length)))
    else words.push(arg)
  }
  return { words, groups, isJson }
}

function given(group: string | undefined): string {
  if (group === undefined || !/^(slack|oidc)-group:./.test(group))
    throw new UsageError('--group takes slack-group:S0123 or oidc-group:NAME')
  return group
}

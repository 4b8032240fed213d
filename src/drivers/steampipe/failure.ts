import type { SourceReply } from '../../ports/live-source.ts'

export type Failure = Exclude<SourceReply, { readonly kind: 'answered' }>

/** What an error of Steampipe means, and what a person can do about it. The address is told, the password never. */
export function failureOf(error: unknown, { url, schema }: { readonly url: string; readonly schema: string }): Failure {
  const { code = '', message = String(error) } = error as { readonly code?: string; readonly message?: string }
  const where = hostOf(url)
  const known = FAILURES[code]?.({ where, schema, message })
  if (known !== undefined) return known
  if (/^E[A-Z]+$/.test(code) || code === '')
    return {
      kind: 'failed',
      detail: `Steampipe does not answer at ${where} (${code || message}): start it with \`steampipe service start\`, or take \`steampipe\` out of the configuration`,
    }
  return { kind: 'failed', detail: `Steampipe could not read it: ${message.slice(0, MESSAGE_MAX)}` }
}

/** Said where the plugin's tables are not there. */
export function absent(tables: readonly string[], schema: string): Failure {
  return {
    kind: 'failed',
    detail: `Steampipe has no ${tables.join(', ')} in the schema ${schema} that its user may read: run \`steampipe plugin install aws\`, or set \`steampipe.schema\` to the name of its connection`,
  }
}

/** Messages of the plugin hold the API's words, with request ids. */
const MESSAGE_MAX = 300

interface Told {
  readonly where: string
  readonly schema: string
  readonly message: string
}

/** By PostgreSQL's SQLSTATE. */
const FAILURES: Readonly<Record<string, (told: Told) => Failure>> = {
  '28P01': refused,
  '28000': refused,
  '42501': ({ message, schema }) => ({
    kind: 'denied',
    detail: `Steampipe refuses: ${message}`,
    needs: [`select on the tables of ${schema} for the user of \`steampipe.url\``],
  }),
  '42P01': ({ message, schema }) => ({
    kind: 'failed',
    detail: `Steampipe: ${message}; run \`steampipe plugin install aws\`, or set \`steampipe.schema\`, which is ${schema}`,
  }),
  '57014': () => ({
    kind: 'failed',
    detail: 'Steampipe was too slow: give answers a longer `freshness.limit`, or Steampipe fewer accounts and regions',
  }),
}

function refused({ where }: Told): Failure {
  return {
    kind: 'denied',
    detail: `Steampipe at ${where} does not take the password`,
    needs: ['the password of `steampipe service status --show-password` in CADASTRE_STEAMPIPE_URL'],
  }
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? 'its address'
}

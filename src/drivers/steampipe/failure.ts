import type { SourceReply } from '../../ports/live-source.ts'

export type Failure = Exclude<SourceReply, { readonly kind: 'answered' }>

/**
 * What an error of Steampipe means to whoever asked, and what a person can do about it. The plugin's own words stay out: they name resources
 * and roles of any account, which not everybody may see.
 */
export function failureOf(error: unknown, schema: string): Failure {
  const { code = '' } = error as { readonly code?: string }
  const known = Object.hasOwn(FAILURES, code) ? FAILURES[code] : undefined
  if (known !== undefined) return known(schema)
  if (/^E[A-Z]+$/.test(code) || code === '')
    return {
      kind: 'failed',
      detail:
        'Steampipe does not answer: start it with `steampipe service start`, or take `steampipe` out of the configuration',
    }
  return { kind: 'failed', detail: `Steampipe could not read it (${code}): what it said is in the log` }
}

/** Said where the plugin's tables are not there. */
export function absent(tables: readonly string[], schema: string): Failure {
  return {
    kind: 'failed',
    detail: `Steampipe has no ${tables.join(', ')} in the schema ${schema} that its user may read: run \`steampipe plugin install aws\`, or set \`steampipe.schema\` to the name of its connection`,
  }
}

/** By PostgreSQL's SQLSTATE. */
const FAILURES: Readonly<Record<string, (schema: string) => Failure>> = {
  '28P01': refused,
  '28000': refused,
  '42501': schema => ({
    kind: 'denied',
    detail: 'Steampipe refuses to read one of its tables',
    needs: [`select on the tables of ${schema} for the user of \`steampipe.url\``],
  }),
  '42P01': schema => ({
    kind: 'failed',
    detail: `Steampipe has one of its tables no more: run \`steampipe plugin install aws\`, or set \`steampipe.schema\`, which is ${schema}`,
  }),
  '57014': () => ({
    kind: 'failed',
    detail: 'Steampipe was too slow: give answers a longer `freshness.limit`, or Steampipe fewer accounts and regions',
  }),
}

function refused(): Failure {
  return {
    kind: 'denied',
    detail: 'Steampipe does not take the password',
    needs: ['the password of `steampipe service status --show-password` in CADASTRE_STEAMPIPE_URL'],
  }
}

import type { Progress } from '../../flows/scan.ts'
import type { Database } from '../../store/database.ts'
import { scanProblems } from '../../store/scopes.ts'
import type { Terminal } from './command.ts'
import { paintFor } from './paint.ts'
import type { Step } from './progress.ts'
import { safe } from './safe.ts'

/** Problems of one kind are one line; that many lines are shown, the others counted. */
const PROBLEMS_MAX = 20

/** A scan on its way, as the progress line shows it. */
export function scanStep({ scopes, scopesKnown, accounts, assets, denied, failed }: Progress): Step {
  const problems = denied + failed === 0 ? '' : `, ${denied} denied, ${failed} failed`
  return {
    done: scopes,
    total: scopesKnown,
    detail: `${accounts} accounts, ${assets.toLocaleString('en')} assets${problems}`,
  }
}

/** What came of a scan, in one line. */
export function scanSummary({ accounts, scopes, assets, created, changed, ended }: Progress): string {
  const number = (count: number) => count.toLocaleString('en')
  return `${number(assets)} assets in ${number(accounts)} accounts (${number(scopes)} scopes): ${number(created)} new, ${number(changed)} changed, ${number(ended)} gone`
}

/** Says what could not be read since the scan began, and what to grant: nothing of it is ever passed over in silence. */
export async function reportProblems(database: Database, since: number, terminal: Terminal): Promise<void> {
  const problems = await scanProblems(database, since)
  const paint = paintFor({ ...terminal, isTerminal: terminal.isNoteTerminal })
  for (const { outcome, account, accountName, types, regions, needs, detail } of problems.slice(0, PROBLEMS_MAX)) {
    const where = `${account}${accountName === null ? '' : ` (${accountName})`}`
    const what = types.length === 1 ? `${types[0]}` : `${types.length} types`
    const place = regions.length === 1 ? `${regions[0]}` : `${regions.length} regions`
    terminal.note(
      safeLine(`${outcome}: ${what} in ${where}, ${place}`, text =>
        paint(outcome === 'denied' ? 'yellow' : 'red', text),
      ),
    )
    if (needs.length > 0)
      terminal.note(
        safeLine(`  Grant ${needs.join(', ')} there, then run \`cadastre scan --account ${account}\`.`, text => text),
      )
    terminal.note(safeLine(`  ${detail}`, text => paint('dim', text)))
  }
  if (problems.length > PROBLEMS_MAX)
    terminal.note(`… and ${problems.length - PROBLEMS_MAX} more kinds of problem: see \`cadastre status\`.`)
  if (problems.length > 0) terminal.note('What could not be read stays as it was last known; nothing was ended there.')
}

function safeLine(text: string, dress: (text: string) => string): string {
  return dress(safe(text))
}

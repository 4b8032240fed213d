import { askingOf } from '../../compose.ts'
import { nameOf } from '../../questions/answers/asset-ref.ts'
import { changeRefs } from '../../questions/lookups/changed.ts'
import type { Database } from '../../store/database.ts'
import { readChanges } from '../../store/queries/changes.ts'
import type { Changed } from './live-status.ts'

const ANYTHING = { accounts: undefined, region: undefined, types: undefined, kind: undefined, tag: undefined }

/** The newest change in the registry, with who made it. */
export async function lastChangeOf(database: Database): Promise<Changed | undefined> {
  const asking = askingOf(database)
  const window = { since: Number.NEGATIVE_INFINITY, until: asking.now }
  const [row] = await readChanges(asking, window, ANYTHING, 1)
  const [change] = row === undefined ? [] : await changeRefs(asking, [row], asking.now)
  if (row === undefined || change === undefined) return undefined
  const { asset, attribution } = change
  return {
    who: attribution.certainty === 'unknown' ? undefined : attribution.persons.slice(0, 2).map(shortName).join(' or '),
    kind: row.kind,
    title: nameOf(asset),
    account: asset.accountName ?? asset.account,
    at: row.from,
  }
}

/** Without the domain of an e-mail address: the line is short. */
function shortName(person: string): string {
  return person.replace(/^([^@\s]+)@[^@\s]+$/, '$1')
}

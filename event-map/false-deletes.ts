import type { MapFile } from '../src/clouds/aws/event-map/load.ts'
import { parseRow } from '../src/clouds/aws/event-map/row.ts'
import { isOwnDelete } from './derive/deletes.ts'

/** Rows that say delete although their operation is not the one that deletes exactly this type: `api:operation type`. */
export function falseDeletes(file: MapFile): readonly string[] {
  return Object.entries(file.rows).flatMap(([api, rows]) =>
    Object.entries(rows).flatMap(([name, text]) => {
      const row = parseRow(text)
      if (row.kind !== 'assets') return []
      return row.targets
        .filter(target => target.action === 'delete' && !isOwnDelete(name, target.type))
        .map(target => `${api}:${name} ${target.type}`)
    }),
  )
}

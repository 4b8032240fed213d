import { type Attribution, attribute } from '../../store/queries/attribution.ts'
import type { Reader } from '../../store/queries/reader.ts'
import { type AttributionRef, attributionRefOf } from '../answers/attribution.ts'

/** Who made a version, and the same in words; null: no event has told. */
export interface MadeBy {
  readonly actor: string | null
  readonly attribution: AttributionRef
}

/** Who made the version that began then. */
export async function madeBy(reader: Reader, asset: string, from: number): Promise<MadeBy> {
  const [attribution] = await attribute(reader, [{ asset, from }])
  return madeByOf(attribution)
}

export function madeByOf(known: Attribution | undefined): MadeBy {
  const attribution = attributionRefOf(known ?? UNKNOWN)
  return { actor: attribution.certainty === 'unknown' ? null : attribution.text, attribution }
}

const UNKNOWN: Attribution = { certainty: 'unknown', source: undefined, events: [] }

/** ` by ada@example.com (via role deploy)`; empty where nobody is known. */
export function byText({ actor }: Pick<MadeBy, 'actor'>): string {
  return actor === null ? '' : ` by ${actor}`
}

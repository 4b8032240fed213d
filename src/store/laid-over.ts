import { type Config, type Identifier, UNREAD, unreadFields } from '../model/asset.ts'
import type { Observation, Present } from '../model/observation.ts'
import type { PartialState, PartlyPresent } from '../ports/live-source.ts'

/** The last that is known of an asset. */
export interface LastKnown {
  /** When it was last seen, there or gone, in milliseconds since 1970. */
  readonly seenAt: number
  /** Null: gone. `identifiers` and `edges`: 'kind value' each. */
  readonly present: {
    readonly identifiers: readonly string[]
    readonly edges: readonly string[]
    readonly tags: Readonly<Record<string, string>>
    readonly config: Config
  } | null
}

/**
 * What a describe would have shown, if the asset is as a source says and otherwise as it is known. Undefined: the source tells nothing
 * newer than what is known. `now`: a source's clock may be ahead of ours.
 */
export function laidOver(
  { asset, at, state }: PartialState,
  known: LastKnown | undefined,
  now: number,
): Observation | undefined {
  const observedAt = Math.min(at, now)
  if (known !== undefined && observedAt <= known.seenAt) return undefined
  const seen = { asset, at: observedAt, source: 'live' } as const
  if (state.kind === 'gone') return known?.present == null ? undefined : { ...seen, state }
  return { ...seen, state: presentOf(state, asset.nativeId, known?.present ?? undefined) }
}

function presentOf(
  told: PartlyPresent,
  nativeId: string,
  known: Exclude<LastKnown['present'], null> | undefined,
): Present {
  const before = (known?.identifiers ?? []).map(pairOf)
  const name = told.name === undefined ? before.find(([kind]) => kind === 'name')?.[1] : (told.name ?? undefined)
  const identifiers = replaced(before, { ...told.identifiers }).filter(([kind]) => kind !== 'name')
  const ids = identifiers.some(([kind]) => kind === 'id') ? [] : [['id', nativeId] as const]
  return {
    kind: 'present',
    name,
    tags: told.tags ?? known?.tags ?? {},
    identifiers: [...ids, ...identifiers].map(([kind, value]) => ({ kind, value }) as Identifier),
    edges: replaced((known?.edges ?? []).map(pairOf), { ...told.edges }).map(([kind, target]) => ({ kind, target })),
    config: configOf(told, known?.config),
    volatile: {},
  }
}

type Pair = readonly [kind: string, value: string]

function pairOf(text: string): Pair {
  const space = text.indexOf(' ')
  return [text.slice(0, space), text.slice(space + 1)]
}

/** All of the kinds that are told, and what was known of the others. */
function replaced(before: readonly Pair[], told: Readonly<Record<string, readonly string[]>>): Pair[] {
  const kept = before.filter(([kind]) => !Object.hasOwn(told, kind))
  return [...kept, ...Object.entries(told).flatMap(([kind, values]) => values.map((value): Pair => [kind, value]))]
}

/** A field that is told is no longer unread; one that nobody told of, of an asset that is not known, is. */
function configOf({ fields = {}, unread = [] }: PartlyPresent, known: Config | undefined): Config {
  const { [UNREAD]: _, ...before } = known ?? {}
  const said = Object.entries(fields).filter(([name]) => name !== UNREAD)
  const config = { ...before, ...Object.fromEntries(said) }
  const untold = (known === undefined ? unread : unreadFields(known)).filter(name => !Object.hasOwn(fields, name))
  const present = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null))
  return untold.length === 0 ? present : { ...present, [UNREAD]: [...new Set(untold)].sort() }
}

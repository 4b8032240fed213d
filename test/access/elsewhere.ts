import { type AssetIdentity, assetIdOf } from '../../src/model/identity.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { Cloud, Described } from '../../src/ports/cloud.ts'
import type { LiveSource, PartialState, SoughtValue } from '../../src/ports/live-source.ts'
import { NOW } from './estate.ts'

/*
 * What there is besides a store: the cloud itself, and another source, which know all assets, also those that the asker may not see and some that
 * no store knows.
 */

/** How the cloud is: it tells, or it does not, so that others are asked. */
export type CloudMood = 'tells' | 'denied' | 'failed'

type Unused = 'types' | 'accounts' | 'regions' | 'read' | 'explain'

export function cloudOf(observations: readonly Observation[], mood: CloudMood): Cloud {
  const byId = new Map(observations.map(each => [assetIdOf(each.asset), each]))
  const describedOf = (asset: AssetIdentity): Described => {
    if (mood === 'denied')
      return { kind: 'denied', needs: [`read:${asset.type}`], detail: `denied in ${asset.account}` }
    const known = byId.get(assetIdOf(asset))
    if (mood === 'failed' || known === undefined) return { kind: 'failed', detail: `${asset.nativeId} cannot be read` }
    if (known.state.kind === 'gone') return { kind: 'gone', at: NOW }
    return { kind: 'present', seen: { asset, present: known.state, at: NOW } }
  }
  const cloud: Omit<Cloud, Unused> = {
    provider: 'aws',
    describable: type => ({ max: 10, scope: isGlobal(type) ? 'global' : 'regional', isListable: true }),
    describe: async ({ type, ...place }, nativeIds) =>
      nativeIds.map(nativeId => describedOf({ ...place, type, nativeId })),
  }
  return cloud as Cloud
}

function isGlobal(type: string): boolean {
  return /^AWS::(IAM|Route53)::/.test(type)
}

/** A source that knows of each asset a part. */
export function sourceOf(observations: readonly Observation[]): LiveSource {
  const states = observations.map(stateOf)
  return {
    name: 'elsewhere',
    async read(assets) {
      const wanted = new Set<string>(assets.map(assetIdOf))
      return { kind: 'answered', states: states.filter(({ asset }) => wanted.has(assetIdOf(asset))) }
    },
    async find(sought) {
      const bearers = observations.flatMap((each, at) => (bears(each, sought) ? (states[at] ?? []) : []))
      return { kind: 'answered', states: bearers }
    },
  }
}

function bears({ asset, state }: Observation, { kinds, values, types }: SoughtValue): boolean {
  if (state.kind === 'gone' || (types !== undefined && !types.includes(asset.type))) return false
  const named = state.name === undefined ? [] : [{ kind: 'name', value: state.name } as const]
  return [...state.identifiers, ...named].some(({ kind, value }) => kinds.includes(kind) && values.includes(value))
}

function stateOf({ asset, at, state }: Observation): PartialState {
  if (state.kind === 'gone') return { asset, at, state }
  const { name = null, tags, config } = state
  const kinds = Map.groupBy(state.identifiers, ({ kind }) => kind)
  const identifiers = Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.map(({ value }) => value)]))
  const edges = Map.groupBy(state.edges, ({ kind }) => kind)
  const targets = Object.fromEntries([...edges].map(([kind, all]) => [kind, all.map(({ target }) => target)]))
  return { asset, at, state: { kind: 'present', name, tags, identifiers, edges: targets, fields: config } }
}

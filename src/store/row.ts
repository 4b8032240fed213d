import { hash } from 'node:crypto'
import { canonicalAddress, isAddress, isAddressKind } from '../model/address.ts'
import type { Identifier } from '../model/asset.ts'
import { canonicalText, storableText } from '../model/canonical.ts'
import { Fault } from '../model/fault.ts'
import { type AssetIdentity, assetIdOf } from '../model/identity.ts'
import type { Observation, Present } from '../model/observation.ts'
import { TIME_MAX_MS, TIME_MIN_MS, Writer } from './binary.ts'

/** An observation in the form in which it is stored. */
export interface Row extends Content {
  readonly id: string
  readonly observation: Observation
  /** Where it stood in its batch, which is sorted to be stored. */
  readonly position: number
  readonly at: number
  readonly source: string
  readonly isDoubted: boolean
  /** Of the content, in hexadecimal. Null: gone. */
  readonly digest: string | null
  readonly name: string | null
  readonly volatile: string | null
  /** The ids under which events that name the asset otherwise keep their touches. */
  readonly aliases: readonly string[]
}

/** What a version says, whenever it holds. */
export interface Content {
  /** 'kind value' each, in order. */
  readonly identifiers: readonly string[]
  readonly edges: readonly string[]
  /** The fields identifiers, edges, tags and config of a COPY of versions. */
  readonly fields: Uint8Array
}

/** What a version says of an asset that is gone. */
export const NOTHING: Content = {
  identifiers: [],
  edges: [],
  fields: new Writer(16).null().null().null().null().since(0),
}

/** Longer values cannot be indexed by PostgreSQL (a third of a page), and nobody asks for them. */
const VALUE_LENGTH_MAX = 600
const NAME_LENGTH_MAX = VALUE_LENGTH_MAX - 'name '.length

/** The row of an observation; all that costs time and needs no database. The writer keeps the fields of a whole batch together. */
export function rowOf(observation: Observation, position = 0, writer = new Writer()): Row {
  const { asset, source, state, isDoubted = false } = observation
  const [id, at] = [assetIdOf(asset), storableTime(observation)]
  if (state.kind === 'gone') {
    const nothing = { ...NOTHING, digest: null, name: null, volatile: null, aliases: NO_ALIASES }
    return { id, observation, position, at, source, isDoubted, ...nothing }
  }
  const name = state.name === undefined ? null : plain(state.name).slice(0, NAME_LENGTH_MAX).toWellFormed()
  const identifiers = identifiersOf(state, name)
  const edges = distinct(state.edges.map(({ kind, target }) => plain(`${kind} ${target}`)))
  const start = writer.at
  const fields = writer.texts(identifiers).texts(edges).canonical(state.tags).canonical(state.config).since(start)
  return {
    id,
    observation,
    position,
    at,
    source,
    isDoubted,
    digest: hash('sha256', fields, 'hex').slice(0, 32),
    identifiers,
    edges,
    fields,
    name,
    volatile: isEmpty(state.volatile) ? null : canonicalText(state.volatile),
    aliases: state.aliases === undefined && state.aliasRegions === undefined ? NO_ALIASES : aliasesOf(asset, state),
  }
}

const NO_ALIASES: readonly string[] = []

/** The ids of all that events may call an asset: by its other names where it is, and by every name in other regions. */
function aliasesOf(asset: AssetIdentity, { aliases = [], aliasRegions = [] }: Present): string[] {
  return [asset.region, ...aliasRegions]
    .flatMap(region => [asset.nativeId, ...aliases].map(nativeId => assetIdOf({ ...asset, region, nativeId })))
    .slice(1)
}

/** The name is always one of the identifiers: a version needs no column for it. A value that is no address would fail its whole batch. */
function identifiersOf({ identifiers }: Present, name: string | null): string[] {
  const values: string[] = []
  for (const identifier of identifiers) {
    if (identifier.kind === 'name') continue
    const value = isAddressKind(identifier.kind) ? addressOf(identifier) : identifier.value
    if (value !== undefined) values.push(plain(`${identifier.kind} ${value}`))
  }
  if (name !== null) values.push(`name ${name}`)
  return distinct(values)
}

/** One address has one text, so that it is one value however it was written. */
function addressOf({ value }: Identifier): string | undefined {
  return isAddress(value) ? canonicalAddress(value) : undefined
}

/** In order and each once: lists of them are sets. */
function distinct(values: readonly string[]): string[] {
  const sorted = values.filter(value => value.length <= VALUE_LENGTH_MAX).sort()
  return sorted.filter((value, position) => value !== sorted[position - 1])
}

/** Times that PostgreSQL cannot hold become the nearest that it can: nothing is lost for them. */
function storableTime({ at, asset }: Observation): number {
  if (Number.isNaN(at)) throw new Fault('malformed', `an observation of ${asset.type} ${asset.nativeId} has no time`)
  return Math.trunc(Math.min(Math.max(at, TIME_MIN_MS), TIME_MAX_MS))
}

function isEmpty(fields: object): boolean {
  for (const _ in fields) return false
  return true
}

/** What separates values in one parameter, and what PostgreSQL cannot store, are control characters and lone surrogates. */
const UNPLAIN = /[\u0000-\u001f\ud800-\udfff]/

/** Without control characters: none survives in what is looked up. */
export function plain(value: string): string {
  return UNPLAIN.test(value) ? storableText(value.replace(/[\u0000-\u001f]/g, '\u2400')) : value
}

import { hash } from 'node:crypto'
import { isAddress, isAddressKind } from '../model/address.ts'
import type { Identifier } from '../model/asset.ts'
import { canonicalText, storableText } from '../model/canonical.ts'
import { assetIdOf } from '../model/identity.ts'
import type { Observation, Present } from '../model/observation.ts'

/** An observation in the form in which it is stored. */
export interface Row {
  readonly id: string
  readonly observation: Observation
  readonly at: number
  readonly source: string
  /** Null: gone. */
  readonly digest: string | null
  readonly config: string | null
  readonly name: string | null
  readonly tags: string | null
  /** 'kind value' each. */
  readonly identifiers: readonly string[]
  readonly edges: readonly string[]
  readonly volatile: string | null
}

/** Longer values cannot be indexed by PostgreSQL (a third of a page), and nobody asks for them. */
const VALUE_LENGTH_MAX = 600

/** The row of an observation; all that costs time and needs no database. */
export function rowOf(observation: Observation): Row {
  const { asset, at, source, state } = observation
  const base = { id: assetIdOf(asset), observation, at, source }
  if (state.kind === 'gone') {
    return { ...base, digest: null, config: null, name: null, tags: null, identifiers: [], edges: [], volatile: null }
  }
  const config = canonicalText(state.config)
  return {
    ...base,
    digest: hash('sha256', config, 'hex').slice(0, 32),
    config,
    name: state.name === undefined ? null : plain(state.name),
    tags: canonicalText(state.tags),
    identifiers: valuesOf(
      named(state)
        .filter(isIndexable)
        .map(({ kind, value }) => `${kind} ${value}`),
    ),
    edges: valuesOf(state.edges.map(({ kind, target }) => `${kind} ${target}`)),
    volatile: Object.keys(state.volatile).length === 0 ? null : canonicalText(state.volatile),
  }
}

/** The name is always one of the identifiers: a version needs no column for it. */
function named({ name, identifiers }: Present): readonly Identifier[] {
  const others = identifiers.filter(({ kind }) => kind !== 'name')
  return name === undefined ? others : [...others, { kind: 'name', value: name }]
}

/** A value that is no address would fail its whole batch. */
function isIndexable({ kind, value }: Identifier): boolean {
  return !isAddressKind(kind) || isAddress(value)
}

function valuesOf(values: readonly string[]): string[] {
  return [...new Set(values.filter(value => value.length <= VALUE_LENGTH_MAX).map(plain))]
}

/** The separator of values in one parameter, and what PostgreSQL cannot store, are control characters: none survives. */
export function plain(value: string): string {
  return storableText(value.replace(/[\u0000-\u001f]/g, '\u2400'))
}

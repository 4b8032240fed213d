import { hash } from 'node:crypto'
import type { Actor } from '../../model/actor.ts'
import { jsons, texts, uuids, Writer } from '../binary.ts'
import type { Connection } from '../database.ts'
import { bounded } from './bounded.ts'

/** An actor under the id that follows from all that is told of them. */
export interface ActorRow {
  /** Hexadecimal. */
  readonly id: string
  readonly actor: Actor
  /** The canonical JSON; undefined: the actor is known to be stored. */
  readonly body: string | undefined
}

/** A few hours of a large organisation, at about a hundred bytes each. */
const RECENT_MAX = 50_000
const BODY_BYTES_MAX = 16_000
const TEXT_LENGTH_MAX = 600
const VIA_MAX = 16

/** The actors of a store. Remembers whom it has stored lately: usual batches then insert none. */
export class Actors {
  readonly #scratch = new Writer(BODY_BYTES_MAX)
  #young = new Set<string>()
  #old = new Set<string>()

  row(actor: Actor): ActorRow {
    let kept = actor
    let bytes = this.#scratch.scratch(kept)
    if (bytes.length > BODY_BYTES_MAX) {
      kept = shortened(actor)
      bytes = this.#scratch.scratch(kept)
    }
    const id = hash('sha256', bytes, 'hex').slice(0, 32)
    return { id, actor: kept, body: this.#isKnown(id) ? undefined : bytes.toString() }
  }

  /** Stores those that are not known to be. In the order of their ids: two writers never wait for each other both ways. */
  async insert(connection: Connection, rows: readonly ActorRow[]): Promise<void> {
    const unknown = new Map(rows.filter(({ body }) => body !== undefined).map(row => [row.id, row]))
    if (unknown.size === 0) return
    const sorted = [...unknown.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
    const text = (of: (actor: Actor) => string | undefined) =>
      texts(sorted.map(({ actor }) => bounded(of(actor) ?? '', TEXT_LENGTH_MAX) || null))
    await connection.query({
      name: 'events-actors',
      text: `insert into actor (id, kind, name, principal, account, access_key, tool, source_ip, body)
             select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::jsonb[])
             on conflict do nothing`,
      values: [
        uuids(sorted.map(({ id }) => id)),
        text(({ kind }) => kind),
        text(({ name }) => name),
        text(({ principal }) => principal),
        text(({ account }) => account),
        text(({ accessKeyId }) => accessKeyId),
        text(({ tool }) => tool?.name),
        text(({ sourceIp }) => sourceIp),
        jsons(sorted.map(({ body }) => body ?? null)),
      ],
    })
  }

  /** These are stored and committed. */
  remember(rows: readonly ActorRow[]): void {
    for (const { id, body } of rows) if (body !== undefined) this.#add(id)
  }

  #isKnown(id: string): boolean {
    if (this.#young.has(id)) return true
    if (!this.#old.has(id)) return false
    this.#add(id)
    return true
  }

  /** Two sets stand in for an order of use: what was not used while one filled is forgotten with the other. */
  #add(id: string): void {
    this.#young.add(id)
    if (this.#young.size < RECENT_MAX / 2) return
    this.#old = this.#young
    this.#young = new Set()
  }
}

/** Nobody's identity is that long: what somebody wrote into it is cut, the identity as it was written left out. */
function shortened(actor: Actor): Actor {
  const texts = Object.entries(actor).filter(([, value]) => typeof value === 'string')
  const cut = Object.fromEntries(texts.map(([key, value]) => [key, bounded(value, TEXT_LENGTH_MAX)]))
  const { tool } = actor
  return {
    ...actor,
    ...cut,
    via: actor.via.slice(0, VIA_MAX).map(step => bounded(step, TEXT_LENGTH_MAX)),
    ...(tool && {
      tool: {
        name: bounded(tool.name, TEXT_LENGTH_MAX),
        ...(tool.version !== undefined && { version: bounded(tool.version, TEXT_LENGTH_MAX) }),
      },
    }),
    raw: '(longer than is kept)',
  }
}

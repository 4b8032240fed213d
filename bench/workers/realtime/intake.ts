import { setTimeout as sleep } from 'node:timers/promises'
import { loadEventMap } from '../../../src/clouds/aws/event-map/load.ts'
import { IncomingReader } from '../../../src/clouds/aws/sources/incoming.ts'
import type { Event } from '../../../src/model/event.ts'
import { copyRows } from '../../../src/store/binary.ts'
import type { Database } from '../../../src/store/database.ts'
import { type Metrics, median } from '../../bench.ts'
import { instanceCloud } from '../../inputs/instance-cloud.ts'
import { TrailMix } from '../../inputs/trail-mix.ts'
import { collectGarbage } from './garbage.ts'
import { type Live, openLive } from './live.ts'

const MESSAGES = 120_000
const ROUNDS_WARM_UP = 1
const ROUNDS = 5
const POLL_MS = 5

/**
 * How fast messages of the real mix are taken in: read, classified, stored, acknowledged. Beside it what nothing can beat that does the
 * same work: JSON.parse of the same texts, and a binary COPY of the same events into a table without indexes.
 */
export async function intake(home: string, note: (text: string) => void): Promise<Metrics> {
  const mix = await TrailMix.load()
  note(`reading ${mix.origin}`)
  // None of the instances that the records name exists: what is measured is taking in, with next to nothing to be read anew.
  await using live = await openLive(
    home,
    instanceCloud(1, () => []),
  )
  const { database } = live
  await database.query('create table plain_event (id text, body text)')
  const rates = { intake: [] as number[], parse: [] as number[], copy: [] as number[] }
  let kept = 0
  for (let round = 0; round < ROUNDS_WARM_UP + ROUNDS; round++) {
    const texts = Array.from({ length: MESSAGES }, () => mix.next(Date.now()))
    const events = eventsOf(texts)
    kept += events.length
    const rows = plainRows(events)
    collectGarbage()
    const took = {
      parse: await timed(() => {
        for (const text of texts) JSON.parse(text)
      }),
      copy: await timed(() => copyInto(database, rows)),
      intake: await timed(() => takeIn(live, texts)),
    }
    for (const name of ['intake', 'parse', 'copy'] as const)
      if (round >= ROUNDS_WARM_UP) rates[name].push((texts.length / took[name]) * 1_000)
    note(
      `round ${round + 1}: ${Object.entries(took)
        .map(([name, ms]) => `${name} ${Math.round((texts.length / ms) * 1_000)}/s`)
        .join(', ')}`,
    )
  }
  const [stored] = await database.query<{ events: number }>('select count(*)::int as events from event')
  const counted = Object.values(live.intake.sources[0]?.counts ?? {}).reduce((sum, count) => sum + count, 0)
  return {
    intake_events_per_s: median(rates.intake),
    intake_lost: kept - (stored?.events ?? 0) + (ROUNDS_WARM_UP + ROUNDS) * MESSAGES - counted,
    intake_kept_share: kept / ((ROUNDS_WARM_UP + ROUNDS) * MESSAGES),
    json_parse_events_per_s: median(rates.parse),
    copy_events_per_s: median(rates.copy),
  }
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

async function takeIn({ source }: Live, texts: readonly string[]): Promise<void> {
  const until = source.acknowledged + texts.length
  source.send(texts)
  while (source.acknowledged < until) await sleep(POLL_MS)
}

/** What of the messages has to be in the store afterwards. */
function eventsOf(texts: readonly string[]): readonly Event[] {
  const reader = new IncomingReader({ map: loadEventMap(), roleName: 'cadastre' })
  return reader.readTexts(texts, 'memory').incoming.events
}

function plainRows(events: readonly Event[]): Buffer {
  return copyRows(events, 2, (writer, event) => {
    writer.text(event.id).text(JSON.stringify(event))
  })
}

function copyInto(database: Database, rows: Buffer): Promise<void> {
  return database.transaction(connection =>
    connection.copyFrom('copy plain_event (id, body) from stdin (format binary)', rows),
  )
}

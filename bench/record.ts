import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Observation } from '../src/model/observation.ts'
import { copyRows } from '../src/store/binary.ts'
import { Database } from '../src/store/database.ts'
import { type BenchOptions, defineBench, type Metrics, median } from './bench.ts'
import { Changes, recordAll } from './inputs/record-rounds.ts'

const ROUNDS_WARM_UP = 2
const ROUNDS = 5

export default defineBench({
  name: 'record',
  summary: 'changes stored with their history, against a plain COPY of the same configs',
  goals: { ratio: { atLeast: 0.5 } },
  async run(options) {
    const home = await mkdtemp(join(tmpdir(), 'cadastre-bench-'))
    await chmod(home, 0o755) // PostgreSQL may run as another user.
    try {
      await using database = await Database.open({ kind: 'embedded', home })
      return await measure(database, options)
    } finally {
      await rm(home, { recursive: true, force: true })
    }
  },
})

/** In each round the same changes go both ways, in turns first; all that is sent to COPY is made beforehand. */
async function measure(database: Database, { note, signal }: BenchOptions): Promise<Metrics> {
  await database.query('create table plain (id uuid primary key, config jsonb)')
  const changes = new Changes()
  const rates = { copy: [] as number[], record: [] as number[] }
  for (let round = 0; round < ROUNDS_WARM_UP + ROUNDS; round++) {
    signal.throwIfAborted()
    const observations = changes.next()
    const rows = plainRows(observations)
    collectGarbage()
    const contenders = [
      ['copy', () => copyInto(database, rows)],
      ['record', () => recordAll(database, observations)],
    ] as const
    const line: string[] = []
    for (const [name, run] of round % 2 === 0 ? contenders : contenders.toReversed()) {
      const started = performance.now()
      await run()
      const perSecond = (observations.length / (performance.now() - started)) * 1_000
      if (round >= ROUNDS_WARM_UP) rates[name].push(perSecond)
      line.push(`${name} ${Math.round(perSecond)}/s`)
    }
    note(`round ${round + 1}: ${line.sort().join(', ')}`)
  }
  return {
    ratio: median(rates.record.map((rate, round) => rate / (rates.copy[round] ?? Number.NaN))),
    copy_rows_per_s: median(rates.copy),
    changes_per_s: median(rates.record),
  }
}

/** What making the observations has left behind is not for either side to clear away. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}

function plainRows(observations: readonly Observation[]): Buffer {
  return copyRows(observations, 2, (writer, { state }) => {
    writer.hex(randomUUID()).json(JSON.stringify(state.kind === 'present' ? state.config : null))
  })
}

function copyInto(database: Database, rows: Buffer): Promise<void> {
  return database.transaction(connection =>
    connection.copyFrom('copy plain (id, config) from stdin (format binary)', rows),
  )
}

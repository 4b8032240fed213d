import { openLive } from '../../src/compose.ts'
import { messageOf } from '../../src/model/fault.ts'
import { keepUpToDate } from '../../src/pipeline.ts'
import type { Database } from '../../src/store/database.ts'
import type { Terminal } from '../../src/surfaces/cli/command.ts'
import { safe } from '../../src/surfaces/cli/safe.ts'

/** Cadastre at work, as `cadastre up` has it; disposing stops it. */
export interface Pipeline extends AsyncDisposable {
  readonly database: Database
  /** Resolves to false when it has ended; rejects with what made it end. */
  readonly ended: Promise<false>
}

/** Keeps the registry up to date from now on. */
export async function startPipeline(terminal: Terminal): Promise<Pipeline> {
  const stop = new AbortController()
  const signal = AbortSignal.any([terminal.signal, stop.signal])
  const told = (error: unknown) => {
    if (!signal.aborted) terminal.note(`Tried again: ${safe(messageOf(error))}`)
  }
  const live = await openLive(terminal.environment, { note: text => terminal.note(text), onFault: told })
  const ended = keepUpToDate(live, { signal, onFault: told }).then(() => false as const)
  // Whoever waits for it is told; until then it is nobody's.
  ended.catch(() => {})
  return {
    database: live.database,
    ended,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await ended.catch(() => {})
      await live[Symbol.asyncDispose]()
    },
  }
}

import { setTimeout as sleep } from 'node:timers/promises'

const TICK_MS = 10

/** Calls `act` so many times a second, evenly, for so long. What a late tick missed is made up for: the load does not give way. */
export async function steadily(
  perSecond: number,
  durationMs: number,
  act: () => void,
  signal?: AbortSignal,
): Promise<void> {
  const started = performance.now()
  let done = 0
  for (;;) {
    const passed = Math.min(performance.now() - started, durationMs)
    for (const due = Math.floor((passed * perSecond) / 1_000); done < due; done++) act()
    if (passed >= durationMs || signal?.aborted === true) return
    await sleep(TICK_MS)
  }
}

const WAIT_MS_MAX = 10_000

/** Waits until something is so; false: it did not come to be in time. */
export async function inTime(isSo: () => boolean): Promise<boolean> {
  const startedAt = performance.now()
  while (!isSo() && performance.now() - startedAt < WAIT_MS_MAX) await new Promise(resolve => setTimeout(resolve, 2))
  return isSo()
}

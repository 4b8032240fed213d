/** How often the same words are said again. */
const REPEAT_MS = 60_000
const REMEMBERED_MAX = 200

/** Says things, but the same thing only once a minute: whoever tries again every second need not say so every second. */
export function nowAndThen(say: (text: string) => void, now: () => number): (text: string) => void {
  const saidAt = new Map<string, number>()
  return text => {
    const at = saidAt.get(text)
    if (at !== undefined && now() - at < REPEAT_MS) return
    saidAt.delete(text)
    saidAt.set(text, now())
    for (const oldest of saidAt.keys()) {
      if (saidAt.size <= REMEMBERED_MAX) break
      saidAt.delete(oldest)
    }
    say(text)
  }
}

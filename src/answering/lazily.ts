/** After it failed to open, nobody waits for the next try until then. */
const RETRY_MS = 30_000

/** What is opened when it is first wanted, once for all who want it. */
export interface Lazily<T> {
  get(): Promise<T>
  /** What was opened, if it ever was. */
  readonly opened: T | undefined
}

/** Opens when first asked; a failure is told to everybody for RETRY_MS, and then it is tried again. */
export function lazily<T>(open: () => Promise<T>, now: () => number = () => performance.now()): Lazily<T> {
  let opening: Promise<T> | undefined
  let opened: T | undefined
  let failedAt: number | undefined
  return {
    get() {
      if (opening !== undefined && (failedAt === undefined || now() - failedAt < RETRY_MS)) return opening
      failedAt = undefined
      opening = open()
      opening.then(
        value => {
          opened = value
        },
        () => {
          failedAt = now()
        },
      )
      return opening
    },
    get opened() {
      return opened
    },
  }
}

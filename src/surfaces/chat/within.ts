/** What a promise brings within a time, in milliseconds; undefined: it did not. */
export async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value | undefined> {
  let late: NodeJS.Timeout | undefined
  const patience = new Promise<undefined>(resolve => {
    late = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([promise, patience])
  } finally {
    clearTimeout(late)
  }
}

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** The server in a process of its own. */
export interface Serving extends AsyncDisposable {
  readonly url: string
  /** A number that the process keeps: what it has used of the processor in milliseconds, or how many changes it has recorded. */
  count(): Promise<number>
}

export interface Started {
  /** In bench/workers/serve. */
  readonly worker: 'server.ts' | 'slack.ts'
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Where a profile of it is put when it ends. */
  readonly profile?: string | undefined
}

/** Starts a server over the data of a folder. */
export async function startServer(home: string, { worker, args = [], env, profile }: Started): Promise<Serving> {
  const execArgv = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]
  const child = fork(join(import.meta.dirname, '../workers/serve', worker), args, {
    execArgv,
    env: { ...process.env, ...env, CADASTRE_HOME: home, DATABASE_URL: '' },
  })
  const ended = once(child, 'exit')
  const told = async <T>(): Promise<T> => {
    const [message] = await Promise.race([
      once(child, 'message') as Promise<[T]>,
      ended.then(() => {
        throw new Error('the server ended')
      }),
    ])
    return message
  }
  const { url } = await told<{ url: string }>()
  return {
    url,
    async count() {
      child.send('count')
      return told<number>()
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}

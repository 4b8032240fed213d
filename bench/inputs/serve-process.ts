import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** The server in a process of its own. */
export interface Serving extends AsyncDisposable {
  readonly url: string
  /** What it has used of the processor until now. */
  cpuMs(): Promise<number>
}

/** Starts it over the data of a folder; `profile`: where a profile of it is put when it ends. */
export async function startServer(home: string, profile: string | undefined): Promise<Serving> {
  const execArgv = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]
  const env = { ...process.env, CADASTRE_HOME: home, DATABASE_URL: '' }
  const child = fork(join(import.meta.dirname, '../workers/serve/server.ts'), { execArgv, env })
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
    async cpuMs() {
      child.send('cpu')
      return told<number>()
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}

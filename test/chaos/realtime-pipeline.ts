import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

/** What the worker is told when it starts. */
export interface WorkerSettings {
  /** The store: by its connection string, or its data folder. */
  readonly url?: string
  readonly home?: string
  /** SQS. */
  readonly endpoint: string
  readonly queue: string
  /** Where the simulated machines are described. */
  readonly cloud: string
}

/** A worker must store something within this time after it was started or struck. */
const RECOVERY_MS_MAX = 90_000
const STOP_MS_MAX = 30_000

/** The worker process, started again whenever it was killed. It says on standard output how many messages are acknowledged. */
export class Pipeline implements AsyncDisposable {
  readonly #settings: (round: number) => WorkerSettings
  #worker: ChildProcess | undefined
  #starts = 0
  #isAlive = false
  /** Signs of life of the present worker since it was last asked for. */
  #signs = 0
  stored = 0

  /** `settings` is asked with the number of the start, from 0. */
  constructor(settings: (round: number) => WorkerSettings) {
    this.#settings = settings
  }

  /** Starts the worker if it does not run. */
  ensure(): void {
    if (!this.#isAlive) this.#start()
  }

  /** Resolves when the worker, started if it has to be, has stored something since this was called. */
  async works(): Promise<void> {
    this.ensure()
    this.#signs = 0
    for (let waited = 0; this.#signs === 0; waited += 20) {
      if (!this.#isAlive) throw new Error(`the worker gave up with exit code ${this.#worker?.exitCode}`)
      if (waited > RECOVERY_MS_MAX) throw new Error(`the worker stood still for ${RECOVERY_MS_MAX / 1_000} s`)
      await sleep(20)
    }
  }

  kill(): void {
    this.#isAlive = false
    this.#worker?.kill('SIGKILL')
  }

  /** As a person ends it; it must end by itself. */
  async stop(): Promise<void> {
    const worker = this.#worker
    if (worker === undefined || !this.#isAlive) return
    this.#isAlive = false
    worker.kill('SIGTERM')
    const late = sleep(STOP_MS_MAX, 'late', { ref: false })
    if ((await Promise.race([once(worker, 'exit'), late])) === 'late') throw new Error('the worker did not end')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.kill()
    const worker = this.#worker
    if (worker !== undefined && worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit')
  }

  #start(): void {
    const settings = JSON.stringify(this.#settings(this.#starts++))
    const worker = spawn(process.execPath, [join(import.meta.dirname, 'realtime-worker.ts'), settings], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#worker = worker
    this.#isAlive = true
    worker.on('exit', () => {
      if (this.#worker === worker) this.#isAlive = false
    })
    createInterface({ input: worker.stdout }).on('line', line => {
      if (this.#worker !== worker) return
      this.#signs++
      this.stored += Number(line)
    })
  }
}

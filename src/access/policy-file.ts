import { type FSWatcher, watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { messageOf } from '../model/fault.ts'
import { NO_POLICY, type Policy } from './policy.ts'
import { type PolicyProblem, readPolicy } from './read-policy.ts'

/** How the policy file stands. */
export interface PolicyState {
  readonly path: string
  readonly policy: Policy
  /** When the policy that holds was read; null: none ever was, so nobody is granted anything. */
  readonly loadedAt: number | null
  /** What is wrong with the file as it is now; the policy that was read before holds. Null: nothing. */
  readonly problem: string | null
  readonly isMissing: boolean
}

export interface PolicyParts {
  readonly path: string
  /** The names that grants may name. */
  readonly questions: ReadonlySet<string>
  now(): number
  /** After each reading that changed something. */
  onChange(state: PolicyState): void
}

/** Watching only saves time: not every file system tells of changes, reading again is what makes it certain. */
const EVERY_MS = 5_000
/** Editors write a file in several steps. */
const SETTLE_MS = 100

/** The policy file, read again when it changes. Of a file with errors the last good policy stays, and it is told. */
export class PolicyFile implements Disposable {
  readonly #parts: PolicyParts
  #state: PolicyState
  #text: string | undefined
  #watcher: FSWatcher | undefined
  #timer: NodeJS.Timeout | undefined
  #settling: NodeJS.Timeout | undefined

  private constructor(parts: PolicyParts) {
    this.#parts = parts
    this.#state = { path: parts.path, policy: NO_POLICY, loadedAt: null, problem: null, isMissing: false }
  }

  /** Reads the file and goes on watching it until disposed. */
  static async open(parts: PolicyParts): Promise<PolicyFile> {
    const file = new PolicyFile(parts)
    await file.reload()
    file.#watch()
    return file
  }

  get state(): PolicyState {
    return this.#state
  }

  /** Reads the file now. */
  async reload(): Promise<void> {
    const { path, questions, now, onChange } = this.#parts
    const text = await readFile(path, 'utf8').catch((error: unknown) => ({ error }))
    if (typeof text !== 'string') {
      this.#text = undefined
      this.#complain(absence(path, text.error, this.#state.loadedAt !== null), true)
      return
    }
    if (text === this.#text) return
    this.#text = text
    const read = readPolicy(text, questions)
    if (read.kind === 'wrong') {
      this.#complain(problemText(path, read.problems))
      return
    }
    this.#state = { path, policy: read.policy, loadedAt: now(), problem: null, isMissing: false }
    onChange(this.#state)
  }

  #complain(problem: string, isMissing = false): void {
    if (this.#state.problem === problem) return
    this.#state = { ...this.#state, problem, isMissing }
    this.#parts.onChange(this.#state)
  }

  #watch(): void {
    const again = () => void this.reload().catch(error => this.#complain(messageOf(error)))
    this.#timer = setInterval(again, EVERY_MS).unref()
    try {
      const name = basename(this.#parts.path)
      this.#watcher = watch(dirname(this.#parts.path), { persistent: false }, (_, changed) => {
        if (changed !== null && changed !== name) return
        clearTimeout(this.#settling)
        this.#settling = setTimeout(again, SETTLE_MS).unref()
      })
      this.#watcher.on('error', () => this.#watcher?.close())
    } catch {
      // The folder is not there, or cannot be watched: the file is read again anyway.
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
    clearTimeout(this.#settling)
    this.#watcher?.close()
  }
}

/** Why a policy file cannot be read. `wasThere`: one was read before, which holds. */
export function absence(path: string, error: unknown, wasThere = false): string {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return `reading ${path}: ${messageOf(error)}`
  return wasThere
    ? `there is no ${path} any more; docs/access.md shows what to write there`
    : `there is no ${path}: nobody is granted anything, and only this machine itself may ask (the command line, and HTTP until a token is made or logins are set up); docs/access.md shows what to write there`
}

/** `access.yaml:12: …`, one problem a line. */
export function problemText(path: string, problems: readonly PolicyProblem[]): string {
  return problems.map(({ line, message }) => `${path}:${line}: ${message}`).join('\n')
}

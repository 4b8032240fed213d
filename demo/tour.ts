import { EXIT, type ExitCode, type Terminal } from '../src/surfaces/cli/command.ts'
import { paintFor } from '../src/surfaces/cli/paint.ts'
import { run } from '../src/surfaces/cli/run.ts'

/** One station: what it is about, the command, and what its true answer must hold. */
export interface Step {
  readonly says: string
  readonly args: readonly string[]
  /** Each must be in the output, which is compared as a pipe gets it, with single spaces. */
  readonly expects: readonly (string | RegExp)[]
  readonly lacks?: readonly string[]
  /** Unless said: found. */
  readonly exit?: ExitCode
  /** True for what prepares the answers and is none itself. */
  readonly isWork?: boolean
}

/** An answer of the tour that is not what was built: the demo must not pass over it. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer'
}

/** A scan of everything, as a station. */
export function scanned(says: string): Step {
  return { says, args: ['scan'], expects: [], isWork: true }
}

/** Types commands into Cadastre as a person would, shows what comes back, and checks it. */
export class Tour {
  readonly #terminal: Terminal
  readonly #startedAt: number
  #answers = 0

  constructor(terminal: Terminal, startedAt: number) {
    this.#terminal = terminal
    this.#startedAt = startedAt
  }

  async say(text: string): Promise<void> {
    await this.#terminal.write(`\n${paintFor(this.#terminal)('bold', text)}\n`)
  }

  /** Throws WrongAnswer when the output is not what the step expects. */
  async run(step: Step): Promise<void> {
    this.#terminal.signal.throwIfAborted()
    await this.say(step.says)
    await this.#terminal.write(`${paintFor(this.#terminal)('cyan', `$ ${commandLine(step.args)}`)}\n`)
    if (step.isWork) return void check(step, await run(step.args, this.#terminal), '')
    // A terminal's table is cut to its width: what is checked is the same answer as a pipe gets it, in full.
    let output = ''
    const piped: Terminal = {
      ...this.#terminal,
      isTerminal: false,
      write: async text => {
        output += text
      },
    }
    const exit = await run(step.args, piped)
    if (this.#terminal.isTerminal) await run(step.args, this.#terminal)
    else await this.#terminal.write(output)
    check(step, exit, output.replaceAll(/\s+/g, ' '))
    if (this.#answers++ === 0) this.#terminal.note(`The first answer came ${this.#seconds()} after the start.`)
  }

  async end(): Promise<void> {
    await this.say(`All ${this.#answers} answers are true. The tour took ${this.#seconds()}.`)
  }

  #seconds(): string {
    return `${((Date.now() - this.#startedAt) / 1000).toFixed(0)} s`
  }
}

function check(step: Step, exit: ExitCode, output: string): void {
  const wanted = step.exit ?? EXIT.found
  const missing = step.expects.filter(sought =>
    typeof sought === 'string' ? !output.includes(sought) : !sought.test(output),
  )
  const wrong = (step.lacks ?? []).filter(text => output.includes(text))
  if (exit === wanted && missing.length === 0 && wrong.length === 0) return
  const reasons = [
    ...(exit === wanted ? [] : [`the exit code is ${exit}, not ${wanted}`]),
    ...missing.map(sought => `it lacks ${sought}`),
    ...wrong.map(text => `it says ${text}`),
  ]
  throw new WrongAnswer(`The answer to \`${commandLine(step.args)}\` is wrong: ${reasons.join('; ')}.`)
}

/** The command as it can be typed into a shell. */
function commandLine(args: readonly string[]): string {
  return ['cadastre', ...args].map(arg => (/^[\w@%+=:,./*-]+$/.test(arg) ? arg : `'${arg}'`)).join(' ')
}

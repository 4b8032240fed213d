import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Fault } from '../../../model/fault.ts'
import { type Command, type ExitCode, type Terminal, UsageError } from '../command.ts'

/** What the folder `demo` gives: it is part of the repository, not of the published package, and loaded only by this command. */
interface Demo {
  runDemo(options: { readonly once: boolean }, terminal: Terminal): Promise<ExitCode>
}

const DEMO = join(import.meta.dirname, '../../../../demo/run.ts')

export default {
  name: 'demo',
  summary: 'A simulated company of eight accounts, watched while people change it: no cloud account needed.',
  help: `cadastre demo: shows what Cadastre answers, on a simulated company at work.

Usage: cadastre demo [--once]

  --once  end after the tour; without it, the company goes on working, for you to watch and to ask about, until Ctrl-C

Starts an AWS simulator on this machine, builds a shop company of eight accounts in it, scans them, and then follows what its people and
pipelines do, by the records that CloudTrail would write: each change is shown with its author, and with how long it took to be known.
Nothing leaves this machine. Every answer and every change of the tour is checked; one that is wrong ends the demo with exit code 1.
Run it as \`npm run demo\` in a clone: that installs what it needs. Its data is in the folder .demo of the clone.

  npm run demo
  npm run demo -- --once
`,
  flags: ['--once'],
  async run(args, terminal) {
    const { once } = parsed(args)
    if (!existsSync(DEMO))
      throw new Fault('operator', 'the demo is part of the repository: clone it and run `npm run demo` there')
    const { runDemo } = (await import(DEMO)) as Demo
    return runDemo({ once }, terminal)
  },
} satisfies Command

function parsed(args: readonly string[]): { once: boolean } {
  try {
    const { values } = parseArgs({ args: [...args], options: { once: { type: 'boolean', default: false } } })
    return values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

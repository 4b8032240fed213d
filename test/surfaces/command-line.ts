import type { AnyQuestion } from '../../src/questions/question.ts'
import type { Database } from '../../src/store/database.ts'
import { run } from '../../src/surfaces/cli/run.ts'
import { flagsOf } from '../../src/surfaces/line/flags.ts'
import { silentTerminal } from '../journeys/silent-terminal.ts'
import type { Input } from './served.ts'

/** What the command line prints, which takes the time of the process. Throws what it notes. */
export async function printed(
  database: Database,
  question: AnyQuestion,
  input: Input,
  ...more: readonly string[]
): Promise<string> {
  const flags = flagsOf(question).flatMap(flag =>
    [input[flag.field] ?? []].flat().flatMap(value => (value === true ? [flag.name] : [flag.name, String(value)])),
  )
  const terminal = silentTerminal({ DATABASE_URL: database.url })
  await run([question.name, ...flags, ...more], terminal)
  if (terminal.noted.length > 0) throw new Error(terminal.noted.join('\n'))
  return terminal.written.join('')
}

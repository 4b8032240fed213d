import { readFile } from 'node:fs/promises'
import { Fault } from '../model/fault.ts'
import type { Policy } from './policy.ts'
import { absence, problemText } from './policy-file.ts'
import { readPolicy } from './read-policy.ts'

/** The policy of a file as it is now. Throws a Fault that names every problem with its line. */
export async function loadPolicy(path: string, questions: ReadonlySet<string>): Promise<Policy> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Fault('operator', absence(path, error))
  })
  const read = readPolicy(text, questions)
  if (read.kind === 'wrong') throw new Fault('operator', problemText(path, read.problems))
  return read.policy
}

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { loadQuestion, loadQuestions, questionNames } from '../../questions/load.ts'
import type { AnyQuestion } from '../../questions/question.ts'
import type { Command } from './command.ts'

const FOLDER = join(import.meta.dirname, 'commands')
const SUFFIX = import.meta.filename.endsWith('.ts') ? 'ts' : 'js'

/** The names of all commands that are no questions: the presence of a file registers one. */
export function commandNames(): string[] {
  return readdirSync(FOLDER)
    .flatMap(file => (file.endsWith(`.test.${SUFFIX}`) ? [] : (/^([a-z0-9-]+)\.(?:ts|js)$/.exec(file)?.[1] ?? [])))
    .sort()
}

export async function loadCommand(name: string): Promise<Command> {
  return ((await import(join(FOLDER, `${name}.${SUFFIX}`))) as { default: Command }).default
}

export function loadCommands(): Promise<Command[]> {
  return Promise.all(commandNames().map(loadCommand))
}

export { type AnyQuestion, loadQuestion, loadQuestions, questionNames }

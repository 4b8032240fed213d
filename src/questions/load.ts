import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyQuestion } from './question.ts'

const FOLDER = join(import.meta.dirname, 'catalogue')

/** The names of all questions, without loading any: a surface that asks one question loads one file. */
export function questionNames(): string[] {
  return readdirSync(FOLDER)
    .flatMap(file => /^([a-z0-9-]+)\.(?:ts|js)$/.exec(file)?.[1] ?? [])
    .sort()
}

/** The question of this name; only for names that `questionNames` gave. */
export async function loadQuestion(name: string): Promise<AnyQuestion> {
  const suffix = import.meta.filename.endsWith('.ts') ? 'ts' : 'js'
  return ((await import(join(FOLDER, `${name}.${suffix}`))) as { default: AnyQuestion }).default
}

/** Every question of the catalogue, by name. */
export async function loadQuestions(): Promise<ReadonlyMap<string, AnyQuestion>> {
  const questions = await Promise.all(questionNames().map(loadQuestion))
  return new Map(questions.map(question => [question.name, question]))
}

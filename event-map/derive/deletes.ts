import { DELETE_NAMES } from '../facts/deletes.ts'
import { actionOf, phrase, stem } from './words.ts'

/** Whether an operation's name says that it deletes assets of exactly this type, by the type's own name or a listed one. */
export function isOwnDelete(operation: string, type: string): boolean {
  if (DELETE_NAMES[type]?.includes(operation) === true) return true
  const { verb, rest } = phrase(operation)
  return actionOf(verb) === 'delete' && stem(rest) === stem(type.split('::')[2] ?? '')
}

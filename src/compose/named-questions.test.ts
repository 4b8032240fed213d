import { expect, test } from 'vitest'
import { type Config, ConfigFile } from '../config.ts'
import { checkNamedQuestions } from './named-questions.ts'

const NAMES = ['where', 'key']
const configOf = (text: object) => ConfigFile.parse(text) as Config

test.each([
  [{ freshness: { questions: { wher: '5m' } } }, 'freshness.questions: there is no question wher; did you mean where?'],
  [{ slack: { alsoTo: { whatever: 'C0123ABC' } } }, 'slack.alsoTo: there is no question whatever'],
])('a setting of a question that there is none of is refused: %j', (given, message) => {
  expect(() => checkNamedQuestions(configOf(given), NAMES)).toThrow(message)
})

test('settings of questions that there are, and none, are taken', () => {
  checkNamedQuestions(configOf({}), NAMES)
  checkNamedQuestions(configOf({ freshness: { questions: { where: '5m' } }, slack: { alsoTo: { key: 'C1' } } }), NAMES)
})

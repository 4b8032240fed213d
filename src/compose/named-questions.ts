import type { Config } from '../config.ts'
import { Fault } from '../model/fault.ts'
import { nearest } from '../model/nearest.ts'

/** Settings that are said by question. */
type ByQuestion = Pick<Config, 'freshness' | 'slack' | 'mattermost'>

/** Throws a Fault where the configuration says something of a question that there is none of: it would hold for nothing, and nobody would know. */
export function checkNamedQuestions({ freshness, slack, mattermost }: ByQuestion, names: readonly string[]): void {
  const said = {
    'freshness.questions': freshness.questions,
    'slack.alsoTo': slack.alsoTo,
    'mattermost.alsoTo': mattermost.alsoTo,
  }
  const problems = Object.entries(said).flatMap(([setting, byQuestion]) =>
    Object.keys(byQuestion)
      .filter(name => !names.includes(name))
      .map(name => `${setting}: there is no question ${name}${meant(name, names)}`),
  )
  if (problems.length > 0) throw new Fault('operator', `the configuration is not valid: ${problems.join('; ')}`)
}

function meant(name: string, names: readonly string[]): string {
  const near = nearest(name, names)
  return near === undefined ? '' : `; did you mean ${near}?`
}

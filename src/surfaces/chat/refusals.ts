import type { AskOutcome } from '../../access/asker.ts'
import type { AnyQuestion } from '../../questions/question.ts'
import { type Button, type Message, VALUE_MAX } from './chat.ts'
import { type HelpSettings, typed, usageBlocks } from './help.ts'

type Refused = Exclude<AskOutcome, { kind: 'answered' }>

/** What is told where there is no answer. */
export function refusalMessage(
  outcome: Refused,
  { name, text, question }: { name: string; text: string; question: AnyQuestion | undefined },
  settings: HelpSettings,
): Message {
  const { command } = settings
  if (outcome.kind === 'unknown') return unknownMessage(name, text, outcome.nearest, settings)
  if (outcome.kind === 'failed') return problemMessage(outcome.message, settings.now, [`id ${outcome.id}`])
  const blocks = outcome.kind === 'invalid' && question !== undefined ? usageBlocks(question, command) : []
  return { ...problemMessage(outcome.message, settings.now), blocks }
}

/** `notes`: what helps those who look into it. */
export function problemMessage(headline: string, now: number, notes: readonly string[] = []): Message {
  return { kind: 'problem', headline, about: [], blocks: [], notes, buttons: [], now }
}

/** There is no such question; what was meant is one click away. */
function unknownMessage(name: string, text: string, nearest: readonly string[], settings: HelpSettings): Message {
  const { command, now } = settings
  const meant = nearest.length === 0 ? '' : `; did you mean ${nearest.join(' or ')}?`
  const rest = text.trim().slice(name.length)
  const buttons = nearest
    .map((each): Button => ({ label: `${each}${rest}`, value: `${each}${rest}`, kind: 'ask' }))
    .filter(({ value }) => value.length <= VALUE_MAX)
  const notes = [`${typed('help', command)} shows all that there is.`]
  return { ...problemMessage(`there is no question ${name}${meant}`, now, notes), buttons }
}

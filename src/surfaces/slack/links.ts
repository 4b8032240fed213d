import type { Asker } from '../../access/asker.ts'
import type { Principal } from '../../model/principal.ts'
import type { AnyQuestion } from '../../questions/question.ts'
import type { Conversation } from '../chat/chat.ts'
import { lineOf } from '../line/line-of.ts'
import type { SlackCounts } from './counts.ts'
import type { Delivery } from './delivery.ts'
import { unfoldedOf } from './message-blocks.ts'

export interface LinksParts {
  readonly asker: Pick<Asker, 'questionsFor'>
  readonly conversation: Conversation
  readonly delivery: Pick<Delivery, 'unfold'>
  readonly counts: SlackCounts
  /** Where people reach this server: `https://cadastre.example.com`; undefined: no link is ours. */
  readonly publicUrl: string | undefined
  readonly signal: AbortSignal
}

/** Links that somebody posted, in one message. */
export interface Posted {
  readonly principal: Principal
  readonly channel: string
  readonly ts: string
  readonly urls: readonly string[]
}

/** Links to assets of this server, shown for all of a channel to read where the policy lets their answers be posted there. */
export class Links {
  readonly #parts: LinksParts

  constructor(parts: LinksParts) {
    this.#parts = parts
  }

  async unfold({ principal, channel, ts, urls }: Posted): Promise<void> {
    const { asker, conversation, delivery, counts, publicUrl, signal } = this.#parts
    const ours = [...new Set(urls)].flatMap(url => linkOf(url, publicUrl) ?? [])
    if (ours.length === 0) return
    const questions = new Map((await asker.questionsFor(principal)).map(question => [question.name, question]))
    for (const link of ours) {
      const question = questions.get(link.question)
      if (question === undefined) continue
      counts.asked++
      const text = lineOf(question, link.input)
      const reply = await conversation.reply({ principal, surface: 'slack', channel, text, kind: 'command', signal })
      const { kind, buttons } = reply.message
      // Whoever posted it may share it here: else nobody else is to read it.
      if (kind !== 'found' || !buttons.some(button => button.kind === 'share')) continue
      if (await delivery.unfold({ channel, ts, url: link.url, blocks: unfoldedOf(reply.message) })) counts.answered++
    }
  }
}

/** Of which questions links unfold: those about one asset. */
const UNFOLDED: ReadonlySet<AnyQuestion['name']> = new Set(['asset', 'where'])

interface Link {
  readonly url: string
  readonly question: string
  readonly input: Readonly<Record<string, unknown>>
}

/** What a link of ours asks: `https://cadastre.example.com/v1/asset?asset=i-0abc`; undefined: it is no such link. */
export function linkOf(url: string, publicUrl: string | undefined): Link | undefined {
  // Slack may write links as it does in messages.
  const plain = url.replaceAll('&amp;', '&')
  if (publicUrl === undefined || !URL.canParse(plain)) return undefined
  const { origin, pathname, searchParams } = new URL(plain)
  const own = new URL(publicUrl)
  const base = `${own.pathname.replace(/\/$/, '')}/v1/`
  if (origin !== own.origin || !pathname.startsWith(base)) return undefined
  const question = pathname.slice(base.length)
  if (!UNFOLDED.has(question)) return undefined
  const input = Object.fromEntries([...searchParams].filter(([name, value]) => name !== 'live' && value !== ''))
  return { url, question, input }
}

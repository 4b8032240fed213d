import type { AnyQuestion } from '../../src/questions/question.ts'
import { plainQuestion } from '../../src/surfaces/chat/plain-words.ts'
import { lineOf } from '../../src/surfaces/line/line-of.ts'
import type { Random } from '../fuzz/random.ts'
import { questions } from './asking.ts'
import { NOW } from './estate.ts'
import type { Probe } from './probes.ts'

/** What somebody does at one of the surfaces to get an answer. */
export type Visit =
  | {
      readonly door: 'http'
      readonly method: 'GET' | 'POST' | 'HEAD'
      readonly path: string
      readonly headers: Readonly<Record<string, string>>
      readonly body?: string
      /** With the ETag that somebody got who may see everything. */
      readonly borrowsTag?: true
    }
  /** What is told first of a stream of changes. */
  | { readonly door: 'stream'; readonly path: string }
  | { readonly door: 'mcp'; readonly tool: string; readonly input: Readonly<Record<string, unknown>> }
  /** What tools there are. */
  | { readonly door: 'tools' }
  | {
      readonly door: 'slack'
      readonly kind: 'command' | 'words' | 'click'
      readonly text: string
      readonly channel: number
      readonly action: string
      /** A button of what somebody was answered who may see everything. */
      readonly borrowsButton?: true
    }
  | { readonly door: 'link'; readonly path: string; readonly channel: number }
  | { readonly door: 'mattermost'; readonly kind: 'command' | 'words' | 'button'; readonly text: string }
  | { readonly door: 'cli'; readonly probe: Probe; readonly live: boolean; readonly isTerminal: boolean }

/** A way to ask what a probe asks, by chance. */
export function visitOf(probe: Probe, random: Random): Visit {
  const live = random.oneIn(6)
  const ways: readonly (() => Visit)[] = [
    () => httpVisit(probe, live, random),
    () => httpVisit(probe, live, random),
    () => httpVisit(probe, live, random),
    () => ({
      door: 'stream',
      path: `/v1/changes/stream?${queryOf(probe.question === 'changes' ? streamed(probe) : {})}`,
    }),
    () => ({ door: 'mcp', tool: probe.question, input: { ...probe.input, ...(live && { live }) } }),
    () => ({ door: 'mcp', tool: probe.question, input: { ...probe.input, ...(live && { live }) } }),
    () => (random.oneIn(8) ? { door: 'tools' } : { door: 'mcp', tool: probe.question, input: probe.input }),
    () => slackVisit(probe, live, random),
    () => slackVisit(probe, live, random),
    () => slackVisit(probe, live, random),
    () => linkVisit(probe, random),
    () => mattermostVisit(probe, live, random),
    () => mattermostVisit(probe, live, random),
    () => ({ door: 'cli', probe, live, isTerminal: random.oneIn(2) }),
  ]
  return random.pick(ways)()
}

/** The questions that a visit may come to; none: nothing is asked of the store. */
export function questionsOf(visit: Visit): readonly string[] {
  return namesIn(visit).filter(name => questions.has(name))
}

function namesIn(visit: Visit): readonly string[] {
  if (visit.door === 'tools') return []
  if (visit.door === 'cli') return [visit.probe.question]
  if (visit.door === 'mcp') return [visit.tool]
  if (visit.door === 'stream') return ['changes']
  if (visit.door === 'link') return [visit.path.split('?', 1)[0] ?? '']
  if (visit.door === 'http') return [decodeURIComponent(visit.path.slice('/v1/'.length).split('?', 1)[0] ?? '')]
  const plain = plainQuestion(visit.text)?.question
  return [visit.text.split(' ', 1)[0] ?? '', ...(plain === undefined ? [] : [plain])]
}

function httpVisit({ question, input }: Probe, live: boolean, random: Random): Visit {
  const path = `/v1/${encodeURIComponent(question)}`
  const query = { ...input, ...(live && { live }) }
  const accept: Record<string, string> = random.oneIn(4) ? { accept: 'application/x-ndjson' } : {}
  if (random.oneIn(4)) {
    const headers = { 'content-type': 'application/json', ...accept }
    return {
      door: 'http',
      method: 'POST',
      path: live ? `${path}?live=true` : path,
      headers,
      body: JSON.stringify(input),
    }
  }
  const method = random.oneIn(10) ? 'HEAD' : 'GET'
  const visit = { door: 'http', method, headers: accept } as const
  // Only what is of the past has an ETag.
  const isDated = random.oneIn(2) && questions.get(question)?.input.shape.at !== undefined
  return isDated
    ? { ...visit, path: `${path}?${queryOf({ ...input, at: DATE })}`, borrowsTag: true }
    : { ...visit, path: `${path}?${queryOf(query)}` }
}

const DATE = new Date(NOW - 30 * 3_600_000).toISOString()

/** What has an end is not followed. */
function streamed({ input: { page: _, limit: __, ...input } }: Probe) {
  return { ...input, limit: 20 }
}

function slackVisit(probe: Probe, live: boolean, random: Random): Visit {
  const channel = random.number(2)
  const chat = { door: 'slack', channel, action: 'ask' } as const
  const line = chatLine(probe, live, random)
  if (random.oneIn(3)) return { ...chat, kind: 'words', text: sentenceOf(probe) ?? line }
  if (random.oneIn(2)) return { ...chat, kind: 'command', text: random.oneIn(4) ? (sentenceOf(probe) ?? line) : line }
  if (random.oneIn(2)) return { ...chat, kind: 'click', text: line, borrowsButton: true }
  return { ...chat, kind: 'click', text: line, action: random.pick(['ask', 'refresh', 'share', 'file-command']) }
}

function linkVisit({ input }: Probe, random: Random): Visit {
  const value = String(input['asset'] ?? input['what'] ?? input['bucket'] ?? input['name'] ?? 'web')
  const path = random.oneIn(2) ? `asset?${queryOf({ asset: value })}` : `where?${queryOf({ what: value })}`
  return { door: 'link', path, channel: random.number(2) }
}

function mattermostVisit(probe: Probe, live: boolean, random: Random): Visit {
  const kind = random.pick(['command', 'words', 'button'] as const)
  const line = chatLine(probe, live, random)
  const text = kind === 'words' || random.oneIn(4) ? (sentenceOf(probe) ?? line) : line
  return { door: 'mattermost', kind, text: random.oneIn(12) ? `help ${probe.question}` : text }
}

/** As it is typed after a command, with what chats take besides. */
function chatLine({ question: name, input }: Probe, live: boolean, random: Random): string {
  const question: AnyQuestion | undefined = questions.get(name)
  const line = question === undefined ? `${name} ${Object.values(input).join(' ')}` : lineOf(question, input)
  const more = [live ? '--live' : '', random.oneIn(3) ? '--share' : '', random.oneIn(5) ? '--part 2' : '']
  return [line, ...more].filter(text => text !== '').join(' ')
}

/** The same in plain words, where people would ask it so. */
function sentenceOf({ question, input }: Probe): string | undefined {
  const text = (field: string) => String(input[field] ?? '')
  const sentences: Readonly<Record<string, string>> = {
    where: `where is ${text('what')}?`,
    bucket: `who owns bucket ${text('bucket')}?`,
    key: `whose key is ${text('key')}?`,
    dns: `what does ${text('name')} point to?`,
    timeline: `who changed ${text('asset')} and when?`,
    asset: `what is connected to ${text('asset')}?`,
    history: `history of ${text('asset')}`,
    search: `search for ${text('text')}`,
    changes: `what changed in ${text('account')} since yesterday?`,
    who: `what did ${text('subject')} do today?`,
    status: 'how fresh is the inventory?',
    audit: 'who asked about it?',
  }
  return sentences[question]
}

function queryOf(input: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(input).flatMap(([name, value]) => [value].flat().map(one => [name, String(one)]))
  return new URLSearchParams(pairs as [string, string][]).toString()
}

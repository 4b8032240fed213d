import { accountText, nameOf } from '../../questions/answers/asset-ref.ts'
import type { AnyQuestion } from '../../questions/question.ts'
import { type Button, VALUE_MAX } from './chat.ts'
import { type Asked, commandLineOf } from './command-line.ts'
import { candidatesOf, fieldOf, mainAsset, subjectsOf } from './main-asset.ts'

/** What the buttons below an answer depend on. */
export interface AnswerButtons {
  readonly asked: Asked
  readonly output: unknown
  /** Into how many messages the answer was parted. */
  readonly parts: number
  /** What whoever asked may ask. */
  readonly questions: readonly AnyQuestion[]
  readonly mayReadLive: boolean
  /** The answer may be posted in the channel where it was asked for. */
  readonly mayShare: boolean
}

/** Candidates that are offered; the others are in the answer. */
const CANDIDATES_MAX = 5

/** The buttons below an answer: which one was meant, what comes next, what to ask on, reading the cloud, sharing. */
export function buttonsOf(given: AnswerButtons): readonly Button[] {
  const { asked, mayReadLive, mayShare } = given
  const again = { ...asked, isLive: false, isShared: false }
  return [
    ...candidateButtons(given),
    ...nextButtons(given),
    ...askOnButtons(given),
    ...(mayReadLive ? [button('Refresh now', { ...again, isLive: true, part: 1 }, 'refresh')] : []),
    ...(mayShare && !asked.isShared ? [button('Share', { ...again, isShared: true }, 'share')] : []),
  ].filter(({ value }) => value.length <= VALUE_MAX)
}

function button(label: string, asked: Asked, kind: Button['kind'] = 'ask'): Button {
  return { label, value: commandLineOf(asked), kind }
}

function plainly(question: AnyQuestion, input: Asked['input']): Asked {
  return { question, input, isLive: false, isShared: false, part: 1 }
}

function candidateButtons({ asked: { question, input }, output }: AnswerButtons): Button[] {
  const assets = candidatesOf(output)
  const several = new Set(assets.map(({ account }) => account)).size > 1
  return [
    ...assets.map(asset =>
      button(
        several ? `${nameOf(asset)}, ${accountText(asset)}` : nameOf(asset),
        plainly(question, { ...withoutNarrowing(input), asset: asset.id }),
      ),
    ),
    ...subjectsOf(output).map(subject => button(subject, plainly(question, { ...input, subject }))),
  ].slice(0, CANDIDATES_MAX)
}

/** An asset's own id needs no account or type beside it. */
function withoutNarrowing({ account: _, type: __, ...input }: Asked['input']): Asked['input'] {
  return input
}

/** The next part of what came; after the last, the next page where there is one. */
function nextButtons({ asked, parts, output }: AnswerButtons): Button[] {
  const again = { ...asked, isLive: false, isShared: false }
  if (asked.part < parts) return [button(`Next (${asked.part + 1} of ${parts})`, { ...again, part: asked.part + 1 })]
  if (!('page' in asked.question.input.shape)) return []
  const parsed: unknown = asked.question.input.safeParse(asked.input).data
  const page = Number(fieldOf(parsed, 'page'))
  const listed = page * Number(fieldOf(parsed, 'limit'))
  const isMore = fieldOf(output, 'more') ?? Number(fieldOf(output, 'total') ?? 0) > listed
  return isMore === true ? [button('Next page', { ...again, input: { ...asked.input, page: page + 1 }, part: 1 })] : []
}

/** What people ask next about an asset, by the question that answers it. */
const ASKED_ON = { history: 'History', asset: 'Neighbours' } as const

function askOnButtons({ asked, output, questions }: AnswerButtons): Button[] {
  const asset = mainAsset(output)
  if (asset === undefined) return []
  return Object.entries(ASKED_ON).flatMap(([name, label]) => {
    const question = questions.find(each => each.name === name)
    if (question === undefined || asked.question.name === name) return []
    return [button(label, plainly(question, { asset: asset.id }))]
  })
}

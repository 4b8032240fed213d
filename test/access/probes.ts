import { assetIdOf } from '../../src/model/identity.ts'
import type { Random } from '../fuzz/random.ts'
import { type Estate, NOW } from './estate.ts'
import { addressOf, HIDEABLE, hostOf } from './estate-assets.ts'

/** A question with an input: what somebody curious would ask, who knows names that they may not see. */
export interface Probe {
  readonly question: string
  readonly input: Readonly<Record<string, unknown>>
}

/** Times that move with the one who asks, and one that stands still. */
const AT = ['2h', '30h', '50h', '80h', new Date(NOW - 30 * 3_600_000).toISOString()]
const TYPES = [
  'instance',
  'bucket',
  'AWS::S3::Bucket',
  'AWS::IAM::User',
  'vpc',
  'record set',
  'access key',
  'AWS::Nope::Thing',
]
const PEOPLE = [
  'ada',
  'bob',
  'eve',
  'kim',
  'role/deploy',
  'deploy',
  'a',
  'ASIAQAAAAAAADEPLOY01',
  'AKIAQAAAAAAAAADA0000',
]

export function probeOf({ observations, elsewhere, accounts }: Estate, random: Random): Probe {
  const { asset, state } = random.pick(random.oneIn(5) ? elsewhere : observations)
  const identifiers = state.kind === 'gone' ? [] : state.identifiers.map(({ value }) => value)
  const values = [
    asset.nativeId,
    ...identifiers,
    ...(state.kind === 'gone' || state.name === undefined ? [] : [state.name]),
  ]
  const config = state.kind === 'gone' ? {} : state.config
  const value = random.pick(values)
  const start = value.slice(0, 1 + random.number(value.length))
  const account = random.pick([
    ...accounts.map(({ id }) => id),
    ...accounts.map(({ name }) => name ?? ''),
    'shop',
    '999900001111',
  ])
  const maybe = <T extends object>(given: T) => (random.oneIn(2) ? given : {})
  const page = () => (random.oneIn(3) ? { page: random.pick([2, 3, 100]) } : {})
  const at = () => (random.oneIn(3) ? { at: random.pick(AT) } : {})
  const one = () => ({ asset: random.oneIn(8) ? start : value, ...at(), ...(random.oneIn(4) ? { account } : {}) })
  const makers: readonly (() => Probe)[] = [
    () => ({ question: 'where', input: { what: random.oneIn(3) ? start : value, ...at() } }),
    () => ({
      question: 'where',
      input: {
        what: random.oneIn(2) ? addressOf(random) : `10.0.${random.number(2)}.0/${random.pick([24, 28, 31])}`,
        ...at(),
        ...maybe({ limit: 1 + random.number(5) }),
      },
    }),
    () => ({
      question: 'key',
      input: { key: `AKIAQAAAAAAAAAA${String(random.number(90)).padStart(5, '0')}`, ...at() },
    }),
    () => ({
      question: 'bucket',
      input: {
        bucket: random.oneIn(2) ? value : `${random.pick(['web', 'api', 'shop'])}-bucket-${random.number(9)}`,
        ...at(),
      },
    }),
    () => ({ question: 'dns', input: { name: random.oneIn(4) ? value : hostOf(random), ...at() } }),
    () => ({ question: 'asset', input: { ...one(), config: random.oneIn(2) } }),
    () => ({ question: 'asset', input: { asset: asset.nativeId } }),
    () => ({ question: random.pick(['asset', 'history', 'timeline']), input: { asset: assetIdOf(asset) } }),
    () => ({ question: 'search', input: { text: `${random.pick(['', 'n'])}${config[random.pick(HIDEABLE)]}` } }),
    () => ({ question: 'history', input: one() }),
    () => ({ question: 'diff', input: { asset: value, ...maybe({ from: '30h' }) } }),
    () => ({ question: 'timeline', input: one() }),
    () => ({
      question: 'search',
      input: {
        text: random.pick([value, start, String(config['Note']), String(config['Secret']), 'web', '10.0']),
        ...maybe({ account }),
        ...(random.oneIn(3) ? { deleted: true } : {}),
      },
    }),
    () => ({
      question: 'search',
      input: {
        type: random.pick(TYPES),
        ...maybe({ account }),
        ...maybe({ tag: [`mark=${String(config['Note'])}`] }),
        ...page(),
      },
    }),
    () => ({ question: 'search', input: { name: `${start}*`, ...maybe({ limit: 3 }), ...page() } }),
    () => ({
      question: 'search',
      input: { [random.pick(['text', 'name'])]: slipOf(value, random), ...maybe({ account }) },
    }),
    () => ({
      question: 'changes',
      input: {
        ...maybe({ since: random.pick(AT) }),
        ...maybe({ account }),
        ...(random.oneIn(3) ? { by: random.pick(PEOPLE) } : {}),
        ...(random.oneIn(3) ? { type: random.pick(TYPES) } : {}),
        ...(random.oneIn(4) ? { tag: `mark=${String(config['Note'])}` } : {}),
        ...maybe({ limit: 1 + random.number(40) }),
      },
    }),
    () => ({
      question: 'who',
      input: {
        subject: random.pick(PEOPLE),
        since: random.pick(AT),
        ...(random.oneIn(3) ? { account } : {}),
        limit: 1 + random.number(30),
      },
    }),
    () => ({ question: 'status', input: { all: random.oneIn(2) } }),
    () => ({ question: random.pick(['audit', 'statu', 'buckett', value]), input: {} }),
    // What does not fit, and says so of the input alone.
    () => ({
      question: random.pick(['where', 'asset', 'changes', 'search']),
      input: {
        [random.pick(['what', 'asset', 'by', start])]: value,
        ...maybe({ at: 'soon' }),
        ...maybe({ limit: -1 }),
      },
    }),
  ]
  return random.pick(makers)()
}

/** Two letters changed places. */
function slipOf(text: string, random: Random): string {
  const at = random.number(Math.max(1, text.length - 1))
  return `${text.slice(0, at)}${text[at + 1] ?? ''}${text[at] ?? ''}${text.slice(at + 2)}`
}

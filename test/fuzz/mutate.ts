import type { Random } from './random.ts'

type Json = unknown

/** A record spoilt in one to four ways, then perhaps wrapped, then perhaps spoilt as text. */
export function mutated(record: object, random: Random): string {
  let value: Json = structuredClone(record)
  const times = 1 + random.number(4)
  for (let n = 0; n < times; n++) value = random.oneIn(6) ? swapParts(value, random) : spoilNode(value, random)
  for (let n = 0; n < 3 && random.oneIn(4); n++) value = wrapped(value, random)
  const text = JSON.stringify(value) ?? 'undefined'
  return random.oneIn(8) ? spoilText(text, random) : text
}

/** What stands where something else should. */
const WRONG: readonly ((random: Random) => Json)[] = [
  () => null,
  () => true,
  random => random.number(1e9) - 5e8,
  () => '',
  () => [],
  () => ({}),
  () => 'HIDDEN_DUE_TO_SECURITY_REASONS',
  random => 'x'.repeat(random.oneIn(400) ? 1_000_000 : random.number(2_000)),
  random =>
    `arn:aws:${random.pick(['ec2', 's3', '', ':::', 'iam'])}:${random.pick(['', 'eu-west-1', '::'])}:${random.number(1e6)}:${random.pick(['instance/i-1', '/', '', 'role/a/b/c', ':::::'])}`,
  random => nested(random.number(random.oneIn(200) ? 3_000 : 30), random),
  random => Array.from({ length: random.number(50) }, (_, n) => ({ item: n, instanceId: `i-${n}` })),
  () => ({ items: null }),
  () => ({ items: [null, [], 3, { value: {} }] }),
  () => ({ tag: 1, content: {} }),
  () => ['\u0000', '\ud800', '🦀', '%E0%A4%A', '__proto__', '../../..'],
  () => JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1, "toString": null, "length": -1}'),
]

const KEYS = [
  'eventName',
  'eventSource',
  'eventTime',
  'awsRegion',
  'userIdentity',
  'requestParameters',
  'responseElements',
  'resources',
  'errorCode',
  'readOnly',
  'apiVersion',
  'toString',
  '__proto__',
  'constructor',
  'items',
  '',
] as const

function spoilNode(value: Json, random: Random): Json {
  if (typeof value !== 'object' || value === null || random.oneIn(60)) return random.pick(WRONG)(random)
  const keys = Object.keys(value)
  if (keys.length === 0 || random.oneIn(8)) return withKey(value, random.pick(KEYS), random.pick(WRONG)(random))
  const key = random.pick(keys)
  const inner = (value as Record<string, Json>)[key]
  if (random.oneIn(10)) return withoutKey(value, key)
  if (random.oneIn(12)) return withKey(withoutKey(value, key), key.toUpperCase(), inner)
  const isDeep = typeof inner === 'object' && inner !== null && !random.oneIn(4)
  return withKey(value, key, isDeep ? spoilNode(inner, random) : random.pick(WRONG)(random))
}

/** Another call's request under this call's name: the rules meet members they do not expect. */
function swapParts(value: Json, random: Random): Json {
  const parts = [
    'requestParameters',
    'responseElements',
    'additionalEventData',
    'serviceEventDetails',
    'userIdentity',
  ] as const
  if (typeof value !== 'object' || value === null) return value
  const record = value as Record<string, Json>
  return withKey(record, random.pick(parts), record[random.pick(parts)] ?? null)
}

function wrapped(value: Json, random: Random): Json {
  return random.pick<(inner: Json) => Json>([
    inner => [inner, inner],
    inner => ({ Records: [inner] }),
    inner => ({ Records: inner }),
    inner => ({ detail: inner, account: random.pick(['111122223333', 7, null]), 'detail-type': 5, region: [] }),
    inner => ({ Message: JSON.stringify(inner) ?? '' }),
    inner => ({ Body: random.oneIn(2) ? inner : JSON.stringify(inner) }),
    inner => ({ event: inner }),
    inner => ({ CloudTrailEvent: inner }),
  ])(value)
}

function spoilText(text: string, random: Random): string {
  const at = random.number(text.length)
  return random.pick<() => string>([
    () => text.slice(0, at),
    () => text.slice(at),
    () =>
      text.slice(0, at) +
      random.pick(['"', '\\', '{', '}', '[', ']', ',', '\n', '\u0000', '\ud800', '\ufeff', ':']) +
      text.slice(at + random.number(2)),
    () => text.slice(0, at) + text.slice(random.number(text.length)),
    () => `${text}\n${text.slice(0, at)}\n${text}`,
    () => '{"a":'.repeat(random.number(5_000)) + text,
  ])()
}

function nested(depth: number, random: Random): Json {
  let value: Json = 1
  for (let n = 0; n < depth; n++) value = random.oneIn(2) ? [value] : { items: value }
  return value
}

function withKey(value: object, key: string, inner: Json): Json {
  if (Array.isArray(value)) return value.map((element, at) => (String(at) === key ? inner : element))
  const copy = { ...value }
  Object.defineProperty(copy, key, { value: inner, enumerable: true, configurable: true, writable: true })
  return copy
}

function withoutKey(value: object, key: string): object {
  if (Array.isArray(value)) return value.filter((_, at) => String(at) !== key)
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
}

import { isAddress } from '../../model/address.ts'

/** What a sentence is about, by its form. */
export type ThingKind = 'address' | 'key' | 'bucket' | 'dns' | 'id' | 'name'

export interface Thing {
  readonly text: string
  readonly kind: ThingKind
}

/** What people call assets, with the type that it narrows a question to (null: none, people say it of several). */
const NOUNS: Readonly<Record<string, string | null>> = {
  'ip address': null,
  ip: null,
  address: null,
  'access key': null,
  'aws key': null,
  key: null,
  'dns name': null,
  'host name': null,
  hostname: null,
  domain: null,
  url: null,
  record: null,
  bucket: 'bucket',
  'ec2 instance': 'instance',
  instance: 'instance',
  server: null,
  machine: null,
  host: null,
  box: null,
  vm: null,
  node: null,
  service: null,
  resource: null,
  asset: null,
  'lambda function': 'function',
  lambda: 'function',
  function: 'function',
  queue: 'queue',
  topic: 'topic',
  table: 'table',
  database: null,
  db: null,
  cluster: null,
  user: 'user',
  role: 'role',
  policy: null,
  'load balancer': 'loadbalancer',
  'security group': 'securitygroup',
  subnet: 'subnet',
  vpc: 'vpc',
  network: null,
  volume: 'volume',
  snapshot: 'snapshot',
  certificate: 'certificate',
  secret: 'secret',
  stack: 'stack',
}

const NOUN = Object.keys(NOUNS)
  .toSorted((a, b) => b.length - a.length)
  .join('|')

/** A thing in a sentence: `the bucket invoices`, `the invoices bucket`, `10.1.2.3`, `"my queue"`. */
export const THING = `(?<article>(?:the|our|my|your|an?|this|that|these|those) )?(?:(?:s3|aws|iam|rds|sqs|sns) )?(?:(?<noun>${NOUN})s?:? )?(?:(?:called|named) )?(?<thing>"[^"]+"|[^\\s"]+?)(?: (?<suffix>${NOUN}))?`

/** The type that a noun narrows a question about one asset to. */
export function typeOf(noun: string | undefined): { readonly type?: string } {
  const type = NOUNS[noun?.toLowerCase() ?? '']
  return type === undefined || type === null ? {} : { type }
}

/** Undefined: it is no name of anything. */
export function thingOf(parts: {
  readonly article?: string | undefined
  readonly noun?: string | undefined
  readonly thing?: string | undefined
}): Thing | undefined {
  const { article, noun, thing = '' } = parts
  const isQuoted = /^".*"$/.test(thing)
  const text = isQuoted ? thing.slice(1, -1).trim() : thing.replace(/^[(<']+|[)>',;:?!]+$|'s$|\.$/g, '')
  if (text === '') return undefined
  const kind = kindOf(text)
  if (isQuoted || kind !== 'name') return { text, kind }
  if (NO_NAMES.has(text.toLowerCase()) || Object.hasOwn(NOUNS, text.toLowerCase())) return undefined
  // "Who owns the company" is about no asset, "the bucket company" is.
  if (article !== undefined && noun === undefined && !/[\d._:/-]/.test(text)) return undefined
  return { text, kind }
}

function kindOf(text: string): ThingKind {
  if (isAddress(text) || /^\d{1,3}(?:\.\d{1,3}){3}(?:[:/]\d+)?$/.test(text)) return 'address'
  if (/^(?:AKIA|ASIA)[A-Z0-9]{12,}$/i.test(text)) return 'key'
  if (/^(?:s3:\/\/|arn:[\w-]+:s3:::)/i.test(text)) return 'bucket'
  if (/^(?:arn:|[a-z]{1,12}-[0-9a-f]{8,17}$)/i.test(text)) return 'id'
  if (/^(?:https?:\/\/)?(?:[\w-]+\.)+[a-z][a-z0-9-]+\.?(?:[:/].*)?$/i.test(text)) return 'dns'
  return 'name'
}

/** Words that stand where a name would, and are none. */
const NO_NAMES = new Set(
  (
    'it this that these those there here you me us them him her i we he she they everyone everybody someone somebody anyone anybody nobody ' +
    'everything something anything nothing who what where when why how all any some one my your our their its the a an is are was were be been ' +
    'around next available online call free busy turn fault going coming doing up down on off in out not no yes now lunch home office coffee friday monday today yesterday tomorrow new changed ' +
    'from to for with about wrong right happening responsible love money time life weather bot cadastre aws cloud production'
  ).split(' '),
)

/** A person, role or key as a sentence names it. Undefined: nobody is named. */
export function personOf(text: string | undefined): string | undefined {
  const name =
    text
      ?.replaceAll('"', '')
      .replace(/[,;:?!]+$|'s$/g, '')
      .trim() ?? ''
  const words = name.toLowerCase().split(' ')
  return name === '' || words.some(word => NO_NAMES.has(word)) ? undefined : name
}

import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { FreshnessSettings } from './answering/freshness.ts'
import { CspmSettings } from './drivers/cspm/settings.ts'
import { SteampipeSettings } from './drivers/steampipe/settings.ts'
import { Fault, messageOf } from './model/fault.ts'
import { AccountId, Region } from './model/identity.ts'
import type { StoreLocation } from './store/database.ts'
import { MattermostSection, mattermostEnvironment } from './surfaces/mattermost/settings.ts'
import { SlackSection, slackEnvironment } from './surfaces/slack/settings.ts'

const HOUR_MS = 3_600_000
const UNITS_MS = { m: 60_000, h: HOUR_MS, d: 24 * HOUR_MS } as const
/** Everything is read at least daily: scans are the safety net. */
const CADENCE_MS_MAX = 24 * HOUR_MS

/** `30m`, `6h`, `1d`, in milliseconds, at most a day. */
const Duration = z
  .string()
  .regex(/^\d+[mhd]$/, 'a duration such as 30m, 6h or 1d')
  .transform(text =>
    Math.min(Number(text.slice(0, -1)) * UNITS_MS[text.slice(-1) as keyof typeof UNITS_MS], CADENCE_MS_MAX),
  )
  .refine(ms => ms > 0, 'more than nothing')

/** `30s`, `2m`, in milliseconds. */
const Timeout = z
  .string()
  .regex(/^[1-9]\d{0,3}[sm]$/, 'a time such as 30s or 2m')
  .transform(text => Number(text.slice(0, -1)) * (text.endsWith('m') ? 60_000 : 1_000))

const LISTEN = '127.0.0.1:7475'

const Rate = z.strictObject({
  callsPerSecond: z.number().positive().max(1_000),
  burst: z.number().positive().max(10_000),
})

/** Where `up` listens: `127.0.0.1:7475`, `[::1]:7475`, `0.0.0.0:80`; port 0: any that is free. */
export const ListenAddress = z
  .string()
  .regex(/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):\d{1,5}$/, 'an address and a port, such as 127.0.0.1:7475')
  .transform(text => {
    const at = text.lastIndexOf(':')
    return { host: text.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(text.slice(at + 1)) }
  })
  .refine(({ port }) => port <= 65_535, 'a port up to 65535')
export type ListenAddress = z.infer<typeof ListenAddress>

const QueueUrl = z
  .url({ protocol: /^https?$/ })
  .regex(
    /\/\d{12}\/[A-Za-z0-9_.-]+$/,
    'a queue URL such as https://sqs.eu-west-1.amazonaws.com/111122223333/cadastre-events',
  )

/** The configuration file, `cadastre.json` in the data folder or where CADASTRE_CONFIG says. The environment wins over it. */
export const ConfigFile = z.strictObject({
  aws: z
    .strictObject({
      /** The role that is assumed in each account; with its path, if it has one. */
      roleName: z.string().min(1).default('cadastre-read'),
      externalId: z.string().optional(),
      /** Instead of all accounts of the organisation. */
      accounts: z.array(AccountId).optional(),
      /** Instead of all regions that an account has enabled. */
      regions: z.array(Region).optional(),
      /** Types to read through Cloud Control besides those with a file of their own: names, or the start of names and `*`. */
      cloudControl: z
        .array(z.string().regex(/^[A-Za-z0-9:]*\*?$/, 'a type such as AWS::Glue::Job, or AWS::Glue::*'))
        .default([]),
      /** SQS queues that bring events, of any kind that docs/events.md names. */
      queues: z.array(QueueUrl).default([]),
      /** Where global services are asked and the caller's own identity is. */
      homeRegion: Region.default(Region.parse('us-east-1')),
      /** For simulators and private endpoints. */
      endpoint: z.url().optional(),
      /** Calls per second and API of each account and region; the SDK's service prefixes as keys of `services`. */
      budget: z
        .strictObject({
          default: Rate.default({ callsPerSecond: 10, burst: 30 }),
          services: z.record(z.string(), Rate).default({}),
        })
        .prefault({}),
      /** How often each kind of type is read: those that bear IP addresses; IAM, S3 and DNS; all others. */
      cadences: z
        .strictObject({
          addresses: Duration.prefault('1h'),
          names: Duration.prefault('6h'),
          rest: Duration.prefault('12h'),
        })
        .prefault({}),
    })
    .prefault({}),
  /** Who may ask what, and how long it is known what they asked: docs/access.md. */
  access: z
    .strictObject({
      /** The policy; without it, `access.yaml` in the data folder. */
      file: z.string().min(1).optional(),
      keepQuestionsDays: z.int().min(1).max(3_650).default(365),
    })
    .prefault({}),
  /** How long it is kept what happened; unless said, for ever: docs/events.md. */
  events: z.strictObject({ keepDays: z.int().min(7).max(36_500).optional() }).prefault({}),
  /** What a question may cost the database. */
  questions: z
    .strictObject({
      /** For each of its statements: longer ones are cancelled, so that nobody holds up everybody. */
      timeout: Timeout.prefault('30s'),
    })
    .prefault({}),
  /** How fresh answers have to be, and what reading the cloud for them may cost: docs/router.md. */
  freshness: FreshnessSettings.prefault({}),
  /** Other places that are asked when the cloud does not tell, in this order: docs/live-sources.md. */
  steampipe: SteampipeSettings.optional(),
  cspm: CspmSettings.prefault({}),
  /** The HTTP API, health, metrics and pushed events: docs/http.md. */
  http: z
    .strictObject({
      listen: ListenAddress.prefault(LISTEN),
      /** Others than this machine may read health and metrics. */
      allowRemote: z.boolean().default(false),
      /** What one principal may ask of the API: so many requests a second, and so many at once before that counts. */
      rate: z
        .strictObject({
          perSecond: z.number().positive().max(100_000),
          burst: z.int().min(1).max(100_000),
        })
        .prefault({ perSecond: 50, burst: 200 }),
    })
    .prefault({}),
  /** Login tokens that the HTTP API takes. */
  oidc: z
    .strictObject({
      issuer: z.url({ protocol: /^https?$/ }),
      /** What has to be in the token's `aud`. */
      audience: z.union([
        z
          .string()
          .min(1)
          .transform(one => [one]),
        z.array(z.string().min(1)).min(1),
      ]),
      /** The claim with the groups, by name or path: `realm_access.roles`. */
      groupsClaim: z.string().min(1).default('groups'),
    })
    .optional(),
  /** Questions from Slack: docs/slack.md. Nothing of it is used until there is a token. */
  slack: SlackSection,
  /** And from Mattermost: docs/mattermost.md. */
  mattermost: MattermostSection,
  /** Where searches are answered from: docs/search.md. */
  search: z
    .strictObject({
      driver: z.enum(['postgres', 'opensearch']).default('postgres'),
      /** Of OpenSearch 2 or Elasticsearch 8. */
      url: z.url({ protocol: /^https?$/ }).optional(),
      /** The alias that is searched; the indexes behind it, and they alone, have names that begin so. */
      index: z
        .string()
        .regex(/^[a-z0-9][a-z0-9_.-]{0,99}$/, 'lower-case letters, digits, _, . and -')
        .default('cadastre'),
      username: z.string().min(1).optional(),
      password: z.string().min(1).optional(),
    })
    .refine(
      ({ driver, url }) => driver === 'postgres' || url !== undefined,
      'opensearch needs a url (CADASTRE_SEARCH_URL)',
    )
    .prefault({}),
  /** Events that EventBridge's API destinations, or anybody who has the secret, push to /events. */
  push: z
    .strictObject({
      /** The SHA-256 of the secret, in hex: the secret itself is not kept. Without it nothing is accepted. */
      secretSha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/, '64 hex digits, as `printf %s "$SECRET" | sha256sum` prints')
        .optional(),
    })
    .prefault({}),
})
export type ConfigFile = z.infer<typeof ConfigFile>

export interface Config extends ConfigFile {
  readonly store: StoreLocation
  readonly home: string
}

/** Reads the environment and the configuration file, once. Throws a Fault that names every wrong value. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const home = dataFolder(environment)
  const file = environment['CADASTRE_CONFIG'] ?? join(home, 'cadastre.json')
  const given = environment['CADASTRE_CONFIG'] !== undefined || existsSync(file) ? readJson(file) : {}
  const { aws, http, push, access, oidc, slack, mattermost, search, steampipe } = given as Readonly<
    Record<string, object | undefined>
  >
  const parsed = ConfigFile.safeParse({
    ...given,
    aws: { ...aws, ...awsEnvironment(environment) },
    access: { ...access, ...said({ file: pathOf(environment['CADASTRE_ACCESS']) }) },
    http: { ...http, ...said({ listen: environment['CADASTRE_LISTEN'] || undefined }) },
    steampipe: sectionOf({ ...steampipe, ...said({ url: environment['CADASTRE_STEAMPIPE_URL'] || undefined }) }),
    oidc: sectionOf({
      ...oidc,
      ...said({
        issuer: environment['CADASTRE_OIDC_ISSUER'] || undefined,
        audience: environment['CADASTRE_OIDC_AUDIENCE'] || undefined,
      }),
    }),
    slack: { ...slack, ...said(slackEnvironment(environment)) },
    mattermost: { ...mattermost, ...said(mattermostEnvironment(environment)) },
    search: {
      ...search,
      ...said({
        driver: environment['CADASTRE_SEARCH_DRIVER'] || undefined,
        url: environment['CADASTRE_SEARCH_URL'] || undefined,
        username: environment['CADASTRE_SEARCH_USERNAME'] || undefined,
        password: environment['CADASTRE_SEARCH_PASSWORD'] || undefined,
      }),
    },
    push: { ...push, ...said({ secretSha256: environment['CADASTRE_PUSH_SECRET_SHA256'] || undefined }) },
  })
  if (!parsed.success) {
    throw new Fault(
      'operator',
      `the configuration (${file} and the CADASTRE_… variables) is not valid:\n${z.prettifyError(parsed.error)}`,
    )
  }
  const url = environment['DATABASE_URL']
  const where = url ? { kind: 'url' as const, url } : { kind: 'embedded' as const, home }
  return { ...parsed.data, home, store: { ...where, questionMs: parsed.data.questions.timeout } }
}

/** CADASTRE_HOME; in a clone its `.cadastre`; else where the system keeps a user's data. */
function dataFolder(environment: Readonly<Record<string, string | undefined>>): string {
  if (environment['CADASTRE_HOME']) return resolve(environment['CADASTRE_HOME'])
  const root = join(import.meta.dirname, '..')
  if (existsSync(join(root, 'src/config.ts')) && !root.includes('node_modules')) return join(root, '.cadastre')
  return join(environment['XDG_DATA_HOME'] || join(homedir(), '.local/share'), 'cadastre')
}

function awsEnvironment(environment: Readonly<Record<string, string | undefined>>): object {
  const list = (text: string | undefined) => (text ? text.split(',').map(entry => entry.trim()) : undefined)
  return said({
    roleName: environment['CADASTRE_AWS_ROLE'],
    externalId: environment['CADASTRE_AWS_EXTERNAL_ID'],
    accounts: list(environment['CADASTRE_AWS_ACCOUNTS']),
    regions: list(environment['CADASTRE_AWS_REGIONS']),
    cloudControl: list(environment['CADASTRE_AWS_CLOUD_CONTROL']),
    queues: list(environment['CADASTRE_AWS_QUEUES']),
    homeRegion: environment['AWS_REGION'] || undefined,
    endpoint: environment['AWS_ENDPOINT_URL'] || undefined,
  })
}

/** A path of the environment is relative to where the command runs. */
function pathOf(text: string | undefined): string | undefined {
  return text ? resolve(text) : undefined
}

/** A section of which nothing is said is not there. */
function sectionOf(given: object): object | undefined {
  return Object.keys(given).length === 0 ? undefined : given
}

/** Without what the environment does not say. */
function said(given: object): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function readJson(file: string): object {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as object
  } catch (error) {
    throw new Fault('operator', `reading the configuration file ${file}: ${messageOf(error)}`, { cause: error })
  }
}

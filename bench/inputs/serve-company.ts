import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GLOBAL, ResourceTypeName } from '../../src/model/identity.ts'
import { ACCOUNT_ENTRY, type ScopeResult } from '../../src/model/scan-scope.ts'
import { ADDRESS_TYPES } from '../../src/questions/lookups/address-types.ts'
import type { Database } from '../../src/store/database.ts'
import { saveAccounts, saveScopes } from '../../src/store/scopes.ts'
import { createToken, revokeToken } from '../../src/store/tokens.ts'
import { ACCOUNTS, accountOf, REGIONS } from './estate.ts'

/** Who asks in Slack. */
export const PEOPLE: readonly string[] = Array.from({ length: 20 }, (_, at) => `U0PERSON${at}`)

/** Bearer tokens of two programs: one may see everything, the other 240 accounts by three grants that overlap. */
export interface Tokens {
  readonly everything: string
  readonly limited: string
}

/** The accounts of the second token. */
export const SEEN: readonly string[] = [...new Set(Array.from({ length: 240 }, (_, at) => accountOf(at)))]
/** Of each hundred accounts, the role is missing in one. */
const DENIED_EVERY = 100
const DAY_MS = 86_400_000

/** What the estate needs to be asked over HTTP: its accounts, what was read of them, who may ask, and how often. */
export async function foundCompany(database: Database, home: string): Promise<Tokens> {
  const now = Date.now()
  const accounts = ACCOUNTS.map((id, at) => ({
    ...{ id, name: `unit-${at % 25}-${at}`, email: undefined, path: `Workloads/unit-${at % 25}` },
    ...{ tags: { env: at % 3 === 0 ? 'prod' : 'test' }, status: 'ACTIVE', isActive: true },
  }))
  await saveAccounts(database, 'aws', accounts, now)
  await saveScopes(
    database,
    ACCOUNTS.flatMap((account, at) => scopesOf(account, at % DENIED_EVERY === 0, now)),
  )
  await database.query('vacuum analyze account, scope')
  await writeFile(join(home, 'access.yaml'), policy())
  await writeFile(join(home, 'cadastre.json'), JSON.stringify({ http: { listen: '127.0.0.1:0', rate: UNLIMITED } }))
  return { everything: await token(database, 'everything', now), limited: await token(database, 'limited', now) }
}

const UNLIMITED = { perSecond: 100_000, burst: 100_000 }
const TYPES = [...ADDRESS_TYPES, 'AWS::S3::Bucket', 'AWS::IAM::User', 'AWS::IAM::AccessKey'].map(type =>
  ResourceTypeName.parse(type),
)

function scopesOf(account: (typeof ACCOUNTS)[number], isDenied: boolean, now: number): ScopeResult[] {
  const entry: ScopeResult = {
    scope: { provider: 'aws', account, region: GLOBAL, type: ACCOUNT_ENTRY },
    startedAt: now - 3_600_000,
    outcome: isDenied
      ? { kind: 'denied', detail: 'no role cadastre-read', needs: ['sts:AssumeRole'] }
      : { kind: 'read', assets: 0 },
  }
  if (isDenied) return [entry]
  const read = (region: ScopeResult['scope']['region'], type: (typeof TYPES)[number]): ScopeResult => ({
    scope: { provider: 'aws', account, region, type },
    startedAt: now - 3_600_000,
    outcome: { kind: 'read', assets: 100 },
  })
  return [entry, ...TYPES.flatMap(type => REGIONS.map(region => read(region, type)))]
}

/** Two grants that name types of their own, and one of all but some. */
function policy(): string {
  const ids = (accounts: readonly string[]) => `{ ids: [${accounts.map(account => `"${account}"`).join(', ')}] }`
  return `principals:
  - match: [{ token: bench-everything }, { slack-user: [${PEOPLE.join(', ')}] }]
    grants: [everything]
  - match: { token: bench-limited }
    grants: [machines, buckets, others]
grants:
  everything: { questions: "*", accounts: "*", types: "*" }
  machines:
    questions: "*"
    accounts: ${ids(SEEN)}
    types: [AWS::EC2::*, AWS::IAM::*]
  buckets:
    questions: "*"
    accounts: ${ids(SEEN.slice(0, 200))}
    types: [AWS::S3::Bucket, AWS::EC2::Instance]
    hide: [{ types: [AWS::S3::*], fields: [Policy] }]
  others:
    questions: "*"
    accounts: ${ids(SEEN.slice(120))}
    types: "*"
    except: { types: [AWS::IAM::*] }
`
}

async function token(database: Database, name: string, now: number): Promise<string> {
  await revokeToken(database, `bench-${name}`, now)
  const made = await createToken(database, { name: `bench-${name}`, groups: [], now, expiresAt: now + DAY_MS })
  if (made === undefined) throw new Error(`the token bench-${name} was not revoked`)
  return made
}

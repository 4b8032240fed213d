import {
  AWSOrganizationsNotInUseException,
  DescribeOrganizationCommand,
  type Account as OrganizationAccount,
  type OrganizationalUnit,
  OrganizationsClient,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
  paginateListTagsForResource,
} from '@aws-sdk/client-organizations'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { Fault, messageOf } from '../../model/fault.ts'
import { AccountId } from '../../model/identity.ts'
import type { Account } from '../../ports/cloud.ts'
import type { ClientSettings } from './client-settings.ts'
import { DENIED, isOneOf } from './describe.ts'

/** Deeper than AWS allows organisational units to be (five below the root). */
const DEPTH_MAX = 10

/** The account that the credentials belong to, and the partition it is in. */
export async function callerAccount(settings: ClientSettings): Promise<{ account: AccountId; partition: string }> {
  const client = new STSClient(settings)
  try {
    const { Account: account, Arn } = await client.send(new GetCallerIdentityCommand({}))
    return { account: AccountId.parse(account), partition: Arn?.split(':')[1] ?? 'aws' }
  } catch (error) {
    const advice =
      'Set AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run where a role is given to the machine'
    throw new Fault('operator', `asking AWS who we are failed. ${advice}`, { cause: error })
  } finally {
    client.destroy()
  }
}

/** Permissions that listing the organisation needs, in its management account or a delegated administrator's. */
export const ACCOUNTS_PERMISSIONS = [
  'organizations:DescribeOrganization',
  'organizations:ListRoots',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListAccountsForParent',
  'organizations:ListTagsForResource',
]

/** Every account of the organisation, by organisational unit; the caller's alone where there is no organisation, or we may not list it (said through `note`). */
export async function* organizationAccounts(
  settings: ClientSettings,
  caller: AccountId,
  note: (text: string) => void,
): AsyncIterable<readonly Account[]> {
  const client = new OrganizationsClient(settings)
  const untagged = { because: '' }
  try {
    try {
      await client.send(new DescribeOrganizationCommand({}))
    } catch (error) {
      if (error instanceof AWSOrganizationsNotInUseException) {
        yield [ownAccount(caller)]
        return
      }
      throw error
    }
    for await (const page of paginateListRoots({ client }, {})) {
      for (const root of page.Roots ?? []) {
        for await (const accounts of below(client, root.Id ?? '', '', 0)) yield await tagged(client, accounts, untagged)
      }
    }
  } catch (error) {
    if (!isOneOf(error, DENIED)) throw new Fault('retry', 'listing the accounts of the organisation', { cause: error })
    note(
      `The organisation of account ${caller} may not be listed, so only this account is read. Grant ${ACCOUNTS_PERMISSIONS.join(', ')}, or name the accounts in CADASTRE_AWS_ACCOUNTS.`,
    )
    yield [ownAccount(caller)]
  } finally {
    client.destroy()
  }
  if (untagged.because !== '')
    note(
      `The tags of accounts are not read: ${untagged.because}. Grant organizations:ListTagsForResource, where the access policy uses them.`,
    )
}

/** Tags that are read at once. */
const TAGS_TOGETHER = 5

/** The same accounts with their tags. Where these may not be read, that is said once, and the accounts stay without. */
async function tagged(
  client: OrganizationsClient,
  accounts: readonly Account[],
  untagged: { because: string },
): Promise<Account[]> {
  const known: Account[] = []
  for (let at = 0; at < accounts.length; at += TAGS_TOGETHER) {
    const some = accounts.slice(at, at + TAGS_TOGETHER)
    known.push(...(await Promise.all(some.map(account => withTags(client, account, untagged)))))
  }
  return known
}

async function withTags(
  client: OrganizationsClient,
  account: Account,
  untagged: { because: string },
): Promise<Account> {
  if (untagged.because !== '') return account
  try {
    const pages = await Array.fromAsync(paginateListTagsForResource({ client }, { ResourceId: account.id }))
    const tags = pages.flatMap(({ Tags = [] }) => Tags.map(({ Key = '', Value = '' }) => [Key, Value] as const))
    return { ...account, tags: Object.fromEntries(tags) }
  } catch (error) {
    untagged.because = messageOf(error)
    return account
  }
}

async function* below(
  client: OrganizationsClient,
  ParentId: string,
  path: string,
  depth: number,
): AsyncIterable<readonly Account[]> {
  for await (const page of paginateListAccountsForParent({ client }, { ParentId })) {
    const accounts = (page.Accounts ?? []).map(account => accountOf(account, path))
    if (accounts.length > 0) yield accounts
  }
  if (depth === DEPTH_MAX) return
  const units: OrganizationalUnit[] = []
  for await (const page of paginateListOrganizationalUnitsForParent({ client }, { ParentId }))
    units.push(...(page.OrganizationalUnits ?? []))
  for (const unit of units)
    yield* below(client, unit.Id ?? '', path === '' ? (unit.Name ?? '') : `${path}/${unit.Name}`, depth + 1)
}

function accountOf(account: OrganizationAccount, path: string): Account {
  const status = account.State ?? account.Status ?? 'ACTIVE'
  return {
    id: AccountId.parse(account.Id),
    name: account.Name,
    email: account.Email,
    path: path === '' ? undefined : path,
    status,
    isActive: status === 'ACTIVE',
  }
}

/** An account of which nothing is known but its id. */
export function ownAccount(id: AccountId): Account {
  return { id, name: undefined, email: undefined, path: undefined, status: 'ACTIVE', isActive: true }
}

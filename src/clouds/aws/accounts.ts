import {
  AWSOrganizationsNotInUseException,
  DescribeOrganizationCommand,
  type Account as OrganizationAccount,
  type OrganizationalUnit,
  OrganizationsClient,
  paginateListAccountsForParent,
  paginateListOrganizationalUnitsForParent,
  paginateListRoots,
} from '@aws-sdk/client-organizations'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { Fault } from '../../model/fault.ts'
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
]

/** Every account of the organisation, by organisational unit; the caller's alone where there is no organisation, or we may not list it (said through `note`). */
export async function* organizationAccounts(
  settings: ClientSettings,
  caller: AccountId,
  note: (text: string) => void,
): AsyncIterable<readonly Account[]> {
  const client = new OrganizationsClient(settings)
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
      for (const root of page.Roots ?? []) yield* below(client, root.Id ?? '', '', 0)
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

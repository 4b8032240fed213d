import { CreateRoleCommand, type IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations'
import { type AccountPlan, COMPANY, type OrganisationPlan } from './plan.ts'

/** Creates the organisation, its units and its accounts; resolves with the id of each account by its name. */
export async function createAccounts(
  organizations: OrganizationsClient,
  plan: OrganisationPlan,
): Promise<Map<string, string>> {
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }))
  const root = (await organizations.send(new ListRootsCommand({}))).Roots?.[0]?.Id
  if (root === undefined) throw new Error('the new organisation has no root')

  const units = new Map<string, string>()
  const ids = new Map<string, string>()
  // One after the other: an account needs its unit, a unit its parent.
  for (const account of plan.accounts) {
    const id = await createAccount(organizations, account)
    const unit = await unitOf(organizations, units, { root, path: account.units })
    await organizations.send(new MoveAccountCommand({ AccountId: id, SourceParentId: root, DestinationParentId: unit }))
    ids.set(account.name, id)
  }
  return ids
}

/** The role that a scan assumes, which trusts the organisation's own account. */
export async function createReadRole(iam: IAMClient, role: string, trusted: string): Promise<void> {
  await iam.send(
    new CreateRoleCommand({
      RoleName: role,
      Description: 'Read by Cadastre',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${trusted}:root` }, Action: 'sts:AssumeRole' }],
      }),
    }),
  )
  const Statement = [{ Effect: 'Allow', Action: ['*:Describe*', '*:List*', '*:Get*'], Resource: '*' }]
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: role,
      PolicyName: 'read',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    }),
  )
}

async function createAccount(organizations: OrganizationsClient, { name }: AccountPlan): Promise<string> {
  const { CreateAccountStatus } = await organizations.send(
    new CreateAccountCommand({ AccountName: name, Email: `aws+${name}@${COMPANY}.example` }),
  )
  const id = CreateAccountStatus?.AccountId
  if (id === undefined) throw new Error(`creating account ${name}: ${CreateAccountStatus?.FailureReason}`)
  return id
}

async function unitOf(
  organizations: OrganizationsClient,
  units: Map<string, string>,
  { root, path }: { root: string; path: readonly string[] },
): Promise<string> {
  let parent = root
  for (const [depth, name] of path.entries()) {
    const key = path.slice(0, depth + 1).join('/')
    const unit =
      units.get(key) ??
      (await organizations.send(new CreateOrganizationalUnitCommand({ ParentId: parent, Name: name })))
        .OrganizationalUnit?.Id
    if (unit === undefined) throw new Error(`creating the unit ${key}`)
    units.set(key, unit)
    parent = unit
  }
  return parent
}

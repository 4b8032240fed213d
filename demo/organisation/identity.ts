import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import type { Site } from './clients.ts'
import { known } from './known.ts'
import { type AccountPlan, COMPANY, type ServicePlan } from './plan.ts'
import { tagList } from './tags.ts'

/** The roles a service runs as, by their ARN. */
export interface ServiceRoles {
  readonly profile: string
  readonly execution: string
}

export interface Identity {
  /** The access key of each robot, by the robot's name. */
  readonly robotKeys: ReadonlyMap<string, string>
  readonly roles: ReadonlyMap<string, ServiceRoles>
}

/** Groups, people, robots with their keys, and a role for each service. */
export async function createIdentity({ client }: Site, plan: AccountPlan): Promise<Identity> {
  const iam = client(IAMClient)
  const teams = [...new Set(['platform', ...plan.people.map(person => person.team)])]
  const { Policy } = await iam.send(
    new CreatePolicyCommand({
      PolicyName: `${COMPANY}-boundary`,
      Description: 'What nobody may do, whatever else is granted',
      PolicyDocument: statement('Deny', ['organizations:LeaveOrganization', 'cloudtrail:StopLogging'], '*'),
    }),
  )
  const boundary = known(Policy?.Arn)
  await Promise.all(
    teams.map(async GroupName => {
      await iam.send(new CreateGroupCommand({ GroupName, Path: '/teams/' }))
      await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn: boundary }))
    }),
  )
  const [roles, keys] = await Promise.all([
    Promise.all(plan.services.map(async service => [service.name, await createRoles(iam, service, boundary)] as const)),
    Promise.all(plan.robots.map(async robot => [robot, await createRobot(iam, robot)] as const)),
    Promise.all(plan.people.map(person => createPerson(iam, person))),
  ])
  return { robotKeys: new Map(keys), roles: new Map(roles) }
}

/** The role that pipelines assume with their own token, as their forge vouches for them. */
export async function createPipelineRole(iam: IAMClient, RoleName: string): Promise<void> {
  const issuer = 'token.actions.githubusercontent.com'
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      Description: 'Deploys the services of all teams',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Federated: issuer },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringLike: { [`${issuer}:sub`]: `repo:${COMPANY}/*` } },
          },
        ],
      }),
      Tags: tagList(RoleName, 'platform'),
    }),
  )
}

async function createPerson(iam: IAMClient, person: AccountPlan['people'][number]): Promise<void> {
  const { name: UserName, team } = person
  await iam.send(new CreateUserCommand({ UserName, Path: '/people/', Tags: tagList(UserName, team) }))
  await iam.send(new AddUserToGroupCommand({ UserName, GroupName: team }))
  if (person.hasAccessKey) await iam.send(new CreateAccessKeyCommand({ UserName }))
}

async function createRobot(iam: IAMClient, UserName: string): Promise<string> {
  await iam.send(new CreateUserCommand({ UserName, Path: '/robots/', Tags: tagList(UserName, 'platform') }))
  await iam.send(
    new PutUserPolicyCommand({
      UserName,
      PolicyName: 'deploy',
      PolicyDocument: statement('Allow', ['ecs:UpdateService', 'lambda:UpdateFunctionCode', 's3:PutObject'], '*'),
    }),
  )
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  return known(AccessKey?.AccessKeyId)
}

async function createRoles(iam: IAMClient, service: ServicePlan, boundary: string): Promise<ServiceRoles> {
  const role = async (suffix: string, principal: string): Promise<string> => {
    const RoleName = `${service.name}-${suffix}`
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName,
        Path: '/services/',
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: principal }, Action: 'sts:AssumeRole' }],
        }),
        Tags: tagList(RoleName, service.team),
      }),
    )
    await iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: 'own-assets',
        PolicyDocument: statement(
          'Allow',
          ['sqs:*', 'sns:Publish', 'dynamodb:*Item', 's3:GetObject'],
          `arn:aws:*:::${service.name}-*`,
        ),
      }),
    )
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: boundary }))
    return known(Role?.Arn)
  }
  const profile = `${service.name}-instance`
  const [, execution] = await Promise.all([
    role('instance', 'ec2.amazonaws.com'),
    role('execution', service.isContainer ? 'ecs-tasks.amazonaws.com' : 'lambda.amazonaws.com'),
    iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: profile, Path: '/services/' })),
  ])
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: profile, RoleName: profile }))
  return { profile, execution }
}

function statement(Effect: 'Allow' | 'Deny', Action: string[], Resource: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Action, Resource }] })
}

import {
  CreateAccessKeyCommand,
  type CreateAccessKeyCommandOutput,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { known } from '../organisation/known.ts'
import { ADA, BOTO3, DINA, KOFI } from '../organisation/people.ts'
import { tagList } from '../organisation/tags.ts'
import { cycle, type Story } from './deed.ts'

/** A robot gets a new key, and the old one goes, as it should be done. */
export const renewAccessKey: Story = async function* (stage) {
  const platform = await stage.as(ADA, 'fulfilment-production')
  const UserName = 'carrier-edi'
  const identity = known(stage.organisation.identities.get('fulfilment-production'))
  let old = known(identity.robotKeys.get(UserName))
  for (;;) {
    const renewed = await platform.does(
      `gives ${UserName} a new key`,
      { type: ACCESS_KEY, id: ({ AccessKey }: CreateAccessKeyCommandOutput) => AccessKey?.AccessKeyId },
      ({ client }) => client(IAMClient).send(new CreateAccessKeyCommand({ UserName })),
    )
    yield renewed
    const AccessKeyId = old
    yield platform.does(`deletes the old key of ${UserName}`, { type: ACCESS_KEY, id: AccessKeyId }, ({ client }) =>
      client(IAMClient).send(new DeleteAccessKeyCommand({ UserName, AccessKeyId })),
    )
    old = renewed.id
  }
}

/** People join and leave. */
export const joinAndLeave: Story = async function* (stage) {
  const platform = await stage.as(ADA, 'shop-staging')
  const next = cycle(['noor.haddad', 'omar.berg', 'pia.fischer', 'quentin.costa'])
  for (;;) {
    const UserName = next()
    const user = { type: USER, id: UserName }
    yield platform.does(`makes a user for ${UserName}`, user, ({ client }) =>
      client(IAMClient).send(new CreateUserCommand({ UserName, Path: '/people/', Tags: tagList(UserName, 'web') })),
    )
    yield platform.does(`removes the user ${UserName}`, user, ({ client }) =>
      client(IAMClient).send(new DeleteUserCommand({ UserName })),
    )
  }
}

/** A role may do everything while somebody looks for a fault; security takes it away. */
export const debugRole: Story = async function* (stage) {
  const [onCall, security] = await Promise.all([
    stage.as(DINA, 'payments-production'),
    stage.as(KOFI, 'payments-production'),
  ])
  const [RoleName, PolicyName] = ['fraud-execution', 'debug']
  const role = { type: 'AWS::IAM::Role', id: RoleName }
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  })
  for (;;) {
    yield onCall.does('lets the role do everything', role, ({ client }) =>
      client(IAMClient).send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument })),
    )
    yield security.does('takes that from the role', role, ({ client }) =>
      client(IAMClient).send(new DeleteRolePolicyCommand({ RoleName, PolicyName })),
    )
  }
}

/** A key that leaked is used from far away: somebody makes themselves a user, and security removes it. */
export const stolenKey: Story = async function* (stage) {
  const identity = known(stage.organisation.identities.get('shop-staging'))
  const [thief, security] = await Promise.all([
    stage.as(
      {
        name: 'load-test',
        signsIn: { kind: 'key', accessKeyId: known(identity.robotKeys.get('load-test')) },
        userAgent: BOTO3,
        address: '198.51.100.213',
      },
      'shop-staging',
    ),
    stage.as(KOFI, 'shop-staging'),
  ])
  const UserName = 'support-backup'
  const user = { type: USER, id: UserName }
  for (;;) {
    yield thief.does('makes itself a user', user, ({ client }) =>
      client(IAMClient).send(new CreateUserCommand({ UserName })),
    )
    yield security.does('removes the stranger', user, ({ client }) =>
      client(IAMClient).send(new DeleteUserCommand({ UserName })),
    )
  }
}

const USER = 'AWS::IAM::User'
const ACCESS_KEY = 'AWS::IAM::AccessKey'

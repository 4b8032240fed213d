import { describe, expect, test } from 'vitest'
import type { Actor } from '../../model/actor.ts'
import { actorRefOf, actorText, eventWords } from './actor.ts'

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`
const SSO = role('aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Power_0123456789abcdef')

describe('an actor in words', () => {
  test.each<[words: string, actor: Partial<Actor>]>([
    [
      'ada@example.com (via role deploy, terraform)',
      {
        kind: 'sso-user',
        name: 'ada@example.com',
        principal: role('deploy'),
        tool: { name: 'terraform', version: '1.9' },
      },
    ],
    [
      'ada (via permission set Power, console)',
      { kind: 'sso-user', name: 'ada', principal: SSO, tool: { name: 'console' } },
    ],
    [
      'bob (aws-cli)',
      { kind: 'iam-user', name: 'bob', principal: 'arn:aws:iam::1:user/bob', tool: { name: 'aws-cli' } },
    ],
    [
      'ada (via role deploy, cloudformation)',
      { kind: 'iam-user', name: 'ada', principal: role('ci/deploy'), invokedBy: 'cloudformation.amazonaws.com' },
    ],
    [
      'role deploy of 111122223333 (boto3)',
      { kind: 'assumed-role', principal: role('deploy'), account: '111122223333', tool: { name: 'boto3' } },
    ],
    ['i-0abc (via role web)', { kind: 'workload', name: 'i-0abc', principal: role('web') }],
    [
      'autoscaling.amazonaws.com',
      { kind: 'aws-service', name: 'autoscaling.amazonaws.com', principal: role('aws-service-role/x/y') },
    ],
    ['root of 111122223333', { kind: 'root', name: 'root', account: '111122223333' }],
    ['somebody in 999900001111', { kind: 'account', account: '999900001111' }],
    ['somebody unknown', { kind: 'unknown' }],
  ])('%s', (words, actor) => {
    expect(actorText(actorRefOf({ kind: 'unknown', via: [], raw: null, ...actor }))).toBe(words)
  })
})

test.each([
  ['PutBucketEncryption', 'put bucket encryption'],
  ['AuthorizeSecurityGroupIngress', 'authorize security group ingress'],
  ['CreateDBInstance', 'create DB instance'],
  ['UpdateFunctionConfiguration20150331v2', 'update function configuration'],
  ['CreateDistribution2020_05_31', 'create distribution'],
  ['ConsoleLogin', 'console login'],
  ['EC2 Instance State-change Notification', 'EC2 Instance State-change Notification'],
  ['', ''],
])('%s is told as %j', (name, words) => {
  expect(eventWords(name)).toBe(words)
})

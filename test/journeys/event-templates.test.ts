import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MANAGEMENT_CREDENTIALS } from '../../demo/organisation/clients.ts'
import { callService } from '../moto/recorder/moto-call.ts'
import { MANAGEMENT_ACCOUNT, type Moto, startMoto } from '../moto/server.ts'

const TEMPLATES = join(import.meta.dirname, '../../deploy/aws')
const HUB = 'eu-west-1'
const FAR = 'us-east-1'
const MEMBER = '222233334444'
/** EventBridge takes no longer pattern (its quotas page, "Event pattern size"). */
const PATTERN_MAX = 2_048

let moto: Moto
let queue = ''
beforeAll(async () => {
  moto = await startMoto()
  const hub = await deploy('events-hub', MANAGEMENT_ACCOUNT, HUB, { OrganizationId: 'o-a1b2c3d4e5' })
  queue = hub['QueueUrl'] ?? ''
  const BusArn = hub['BusArn'] ?? ''
  await deploy('events-account', MANAGEMENT_ACCOUNT, FAR, { BusArn })
  await deploy('events-account', MEMBER, HUB, { BusArn })
})
afterAll(() => moto?.[Symbol.asyncDispose]())

const API = 'AWS API Call via CloudTrail'
const WRITE = { managementEvent: true, readOnly: false, eventSource: 'ec2.amazonaws.com' }
const SESSION = { managementEvent: true, readOnly: true, eventSource: 'sts.amazonaws.com' }

test.each([
  ['a write', API, 'aws.ec2', WRITE, true],
  ['a write of a record that does not say so', API, 'aws.ec2', { managementEvent: true }, true],
  ['a read', API, 'aws.ec2', { ...WRITE, readOnly: true }, false],
  ['a failed write', API, 'aws.ec2', { ...WRITE, errorCode: 'UnauthorizedOperation' }, false],
  ['a data event', API, 'aws.s3', { ...WRITE, managementEvent: false }, false],
  ['a service event', 'AWS Service Event via CloudTrail', 'aws.kms', WRITE, true],
  ['a role assumed by a person', API, 'aws.sts', { ...SESSION, userIdentity: { type: 'IAMUser' } }, true],
  ['a role assumed by a service', API, 'aws.sts', { ...SESSION, userIdentity: { type: 'AWSService' } }, false],
  ['an instance that stops', 'EC2 Instance State-change Notification', 'aws.ec2', { state: 'stopped' }, true],
  ['a finding', 'GuardDuty Finding', 'aws.guardduty', {}, false],
])('%s', async (name, kind, source, detail, isWanted) => {
  for (const place of [
    { account: MANAGEMENT_ACCOUNT, region: FAR },
    { account: MEMBER, region: HUB },
  ]) {
    const Detail = JSON.stringify({ ...detail, eventName: name, awsRegion: place.region })
    const body = { Entries: [{ Source: source, DetailType: kind, Detail }] }
    await callService(moto.endpoint, place, { service: 'events', target: 'AWSEvents.PutEvents', body })
  }

  const arrived = (await received()).map(({ detail: { awsRegion } }) => awsRegion)

  expect(arrived.sort()).toEqual(isWanted ? [HUB, FAR].sort() : [])
})

test('the queue beside a trail can be made', async () => {
  const bucket = { Bucket: 'fernhill-trail', BucketAccount: MANAGEMENT_ACCOUNT }

  const plain = await deploy('events-trail', MANAGEMENT_ACCOUNT, HUB, bucket)

  expect(plain['QueueUrl']).toContain('Queue')
})

test('every pattern is short enough for EventBridge', () => {
  for (const name of ['events-hub', 'events-account', 'events-push']) {
    const { Resources } = JSON.parse(templateText(name)) as { Resources: Record<string, { Properties: Rule }> }
    const patterns = Object.values(Resources).flatMap(({ Properties: { EventPattern } }) => EventPattern ?? [])
    expect(patterns.length).toBeGreaterThan(0)
    for (const pattern of patterns) expect(JSON.stringify(pattern).length).toBeLessThan(PATTERN_MAX)
  }
})

interface Rule {
  readonly EventPattern?: object
}

async function received(): Promise<{ detail: { awsRegion: string } }[]> {
  const client = new SQSClient(settings(HUB))
  const receive = new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 })
  const { Messages = [] } = await client.send(receive)
  client.destroy()
  return Messages.map(({ Body }) => JSON.parse(Body ?? ''))
}

/** Rolls a template out as its readers would, and returns its outputs. Moto takes the account's number in a header. */
async function deploy(name: string, account: string, region: string, parameters: Readonly<Record<string, string>>) {
  const client = new CloudFormationClient(settings(region))
  client.middlewareStack.add(
    next => args => {
      Object.assign((args.request as { headers: object }).headers, { 'x-moto-account-id': account })
      return next(args)
    },
    { step: 'build' },
  )
  await client.send(
    new CreateStackCommand({
      StackName: name,
      TemplateBody: templateText(name),
      Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
      Capabilities: ['CAPABILITY_IAM'],
    }),
  )
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }))
  client.destroy()
  const outputs = Stacks[0]?.Outputs ?? []
  return Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]))
}

function templateText(name: string): string {
  return readFileSync(join(TEMPLATES, `${name}.template.json`), 'utf8')
}

function settings(region: string) {
  return { endpoint: moto.endpoint, region, credentials: MANAGEMENT_CREDENTIALS }
}

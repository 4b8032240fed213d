import { DescribeInstancesCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { IAMClient, ListUsersCommand } from '@aws-sdk/client-iam'
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { OrganizationsClient } from '@aws-sdk/client-organizations'
import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53'
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAccounts } from '../../demo/organisation/accounts.ts'
import { Clients } from '../../demo/organisation/clients.ts'
import { cut, denied, emptyPage, throttled } from './fault.ts'
import { type MotoProxy, startProxy } from './proxy.ts'
import { type Moto, startMoto } from './server.ts'

describe('the proxy in front of the simulator', () => {
  let moto: Moto
  let proxy: MotoProxy
  const settings = () => ({
    endpoint: proxy.endpoint,
    region: 'eu-west-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' },
  })

  beforeAll(async () => {
    moto = await startMoto()
    proxy = await startProxy(moto.endpoint)
  })
  afterAll(async () => {
    await proxy?.[Symbol.asyncDispose]()
    await moto?.[Symbol.asyncDispose]()
  })

  const SERVICES: Record<string, () => Promise<unknown>> = {
    ec2: () => new EC2Client(settings()).send(new DescribeVpcsCommand({})),
    iam: () => new IAMClient(settings()).send(new ListUsersCommand({})),
    s3: () => new S3Client(settings()).send(new ListBucketsCommand({})),
    route53: () => new Route53Client(settings()).send(new ListHostedZonesCommand({})),
    lambda: () => new LambdaClient(settings()).send(new ListFunctionsCommand({})),
    sqs: () => new SQSClient(settings()).send(new ListQueuesCommand({})),
  }

  test.each(Object.entries(SERVICES))(
    '%s understands a refusal, a throttled call and a lost connection',
    async (service, call) => {
      await expect(call()).resolves.toBeDefined()
      {
        using fault = proxy.inject({ service }, denied())
        await expect(call()).rejects.toMatchObject({
          name: expect.stringMatching(/AccessDenied|UnauthorizedOperation/),
        })
        expect(fault.hits).toBe(1)
      }
      {
        using _ = proxy.inject({ service }, throttled())
        await expect(call()).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } })
      }
      {
        using _ = proxy.inject({ service }, cut())
        await expect(call()).rejects.toThrow()
      }
      await expect(call()).resolves.toBeDefined()
    },
  )

  test('a fault hits only the calls it is for: operation, account, and how many', async () => {
    const plan = { regions: ['eu-west-1', 'us-east-1'], domain: 'a.example', privateDomain: 'a.internal' } as const
    const account = { units: ['Shop'], network: 1, services: [], people: [], robots: [] }
    using clients = new Clients(proxy.endpoint)
    const ids = await createAccounts(clients.management(OrganizationsClient), {
      ...plan,
      accounts: [
        { ...account, name: 'one' },
        { ...account, name: 'two' },
      ],
    })
    const [one, two] = await Promise.all([...ids.values()].map(id => clients.site(id, 'eu-west-1')))
    const vpcs = (site = one) => site?.client(EC2Client).send(new DescribeVpcsCommand({}))

    using fault = proxy.inject(
      { service: 'ec2', operation: 'DescribeVpcs', account: one?.account ?? '', after: 1, times: 1 },
      denied(),
    )
    await vpcs()
    await vpcs(two)
    await expect(vpcs()).rejects.toMatchObject({ name: 'UnauthorizedOperation' })
    await vpcs()
    await one?.client(EC2Client).send(new DescribeInstancesCommand({}))
    expect(fault.hits).toBe(1)
  })

  test('an empty page says that there is more', async () => {
    using _ = proxy.inject({ operation: 'DescribeVpcs' }, emptyPage('vpcSet'))
    const reply = await new EC2Client(settings()).send(new DescribeVpcsCommand({}))
    expect(reply).toMatchObject({ Vpcs: [], NextToken: 'more' })
  })
})

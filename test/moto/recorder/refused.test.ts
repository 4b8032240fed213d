import { CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2'
import { CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { DeleteDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds'
import { DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadEventMap } from '../../../src/clouds/aws/event-map/load.ts'
import { denied, throttled } from '../fault.ts'
import { type MotoProxy, startProxy } from '../proxy.ts'
import { type Moto, startMoto } from '../server.ts'
import { type Recorder, startRecorder } from './recorder.ts'
import { settingsFor } from './site.ts'
import { outcomeOf } from './witness.ts'

describe('calls that are refused', () => {
  let moto: Moto
  let proxy: MotoProxy
  let recorder: Recorder
  beforeAll(async () => {
    moto = await startMoto()
    proxy = await startProxy(moto.endpoint)
    recorder = await startRecorder(proxy.endpoint)
  })
  afterAll(async () => {
    await recorder?.[Symbol.asyncDispose]()
    await proxy?.[Symbol.asyncDispose]()
    await moto?.[Symbol.asyncDispose]()
  })
  const settings = () => settingsFor(recorder.endpoint)

  /** Each as real records of the service say it. */
  test.each([
    {
      service: 'ec2',
      call: () => new EC2Client(settings()).send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' })),
      fault: denied(),
      record: { errorCode: 'Client.UnauthorizedOperation', requestParameters: { cidrBlock: '10.0.0.0/16' } },
    },
    {
      service: 'iam',
      call: () => new IAMClient(settings()).send(new CreateUserCommand({ UserName: 'ada' })),
      fault: denied('User is not authorized to perform: iam:CreateUser'),
      record: {
        errorCode: 'AccessDenied',
        errorMessage: 'User is not authorized to perform: iam:CreateUser',
        requestParameters: null,
      },
    },
    {
      service: 'sns',
      call: () => new SNSClient(settings()).send(new CreateTopicCommand({ Name: 'a' })),
      fault: throttled(),
      record: { errorMessage: 'Rate exceeded', requestParameters: null },
    },
    {
      service: 'rds',
      call: () => new RDSClient(settings()).send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'none' })),
      fault: undefined,
      record: { errorCode: 'DBInstanceNotFoundFault', requestParameters: { dBInstanceIdentifier: 'none' } },
    },
    {
      service: 's3',
      call: () => new S3Client(settings()).send(new DeleteBucketCommand({ Bucket: 'no-bucket-of-ours' })),
      fault: undefined,
      record: { errorCode: 'NoSuchBucket', requestParameters: { bucketName: 'no-bucket-of-ours' } },
    },
  ])('$service', async ({ service, call, fault, record }) => {
    using _ = fault && proxy.inject({ service }, fault)
    await expect(call()).rejects.toThrow()
    const written = recorder.records.at(-1)
    expect(written).toMatchObject({ ...record, responseElements: null, readOnly: false })
    expect(written && outcomeOf(loadEventMap(), written)).toEqual({ kind: 'ignored', reason: 'failed call' })
  })
})

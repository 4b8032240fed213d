import { describe, expect, test } from 'vitest'
import { reader, said } from '../../../../test/sources/said.ts'

const ACCOUNT = '111122223333'

describe("EventBridge's own events", () => {
  const native = (source: string, type: string, detail: object, resources: readonly string[] = []) => ({
    version: '0',
    id: '7bf73129-1428-4cd3-a780-95db273d1602',
    'detail-type': type,
    source,
    account: ACCOUNT,
    time: '2026-11-22T10:00:00Z',
    region: 'eu-west-1',
    resources,
    detail,
  })
  const arn = (rest: string, service = 'ec2') => `arn:aws:${service}:eu-west-1:${ACCOUNT}:${rest}`
  const group = arn('autoScalingGroup:0f1e:autoScalingGroupName/web', 'autoscaling')
  const rds = (noun: string, rest: string, categories: readonly string[]) =>
    native('aws.rds', `RDS DB ${noun} Event`, { SourceArn: arn(rest, 'rds'), EventCategories: categories })

  test.each<[string, object, readonly string[]]>([
    [
      'an instance that stops',
      native('aws.ec2', 'EC2 Instance State-change Notification', { 'instance-id': 'i-1', state: 'stopped' }),
      ['update 111122223333 eu-west-1 AWS::EC2::Instance i-1'],
    ],
    [
      'an instance that ends',
      native('aws.ec2', 'EC2 Instance State-change Notification', { 'instance-id': 'i-1', state: 'terminated' }),
      ['delete 111122223333 eu-west-1 AWS::EC2::Instance i-1'],
    ],
    [
      'a volume that was made',
      native('aws.ec2', 'EBS Volume Notification', { event: 'createVolume', result: 'available' }, [
        arn('volume/vol-1'),
      ]),
      ['create 111122223333 eu-west-1 AWS::EC2::Volume vol-1'],
    ],
    [
      'a volume that was deleted',
      native('aws.ec2', 'EBS Volume Notification', { event: 'deleteVolume', result: 'deleted' }, [arn('volume/vol-1')]),
      ['delete 111122223333 eu-west-1 AWS::EC2::Volume vol-1'],
    ],
    [
      'a snapshot, whose ARN AWS writes with one colon too many',
      native('aws.ec2', 'EBS Snapshot Notification', { event: 'createSnapshot', result: 'succeeded' }, [
        'arn:aws:ec2::eu-west-1:snapshot/snap-1',
      ]),
      ['create 111122223333 eu-west-1 AWS::EC2::Snapshot snap-1'],
    ],
    [
      'an image that went away',
      native('aws.ec2', 'EC2 AMI State Change', { ImageId: 'ami-1', State: 'deregistered' }),
      ['delete 111122223333 eu-west-1 AWS::EC2::Image ami-1'],
    ],
    [
      'a group that grew',
      native('aws.autoscaling', 'EC2 Instance Launch Successful', { EC2InstanceId: 'i-1' }, [
        group,
        arn('instance/i-1'),
      ]),
      [
        'create 111122223333 eu-west-1 AWS::EC2::Instance i-1',
        'update 111122223333 eu-west-1 AWS::AutoScaling::AutoScalingGroup web',
      ],
    ],
    [
      'a group that shrank',
      native('aws.autoscaling', 'EC2 Instance Terminate Successful', { EC2InstanceId: 'i-1' }, [group]),
      [
        'delete 111122223333 eu-west-1 AWS::EC2::Instance i-1',
        'update 111122223333 eu-west-1 AWS::AutoScaling::AutoScalingGroup web',
      ],
    ],
    [
      'a group that could not grow',
      native('aws.autoscaling', 'EC2 Instance Launch Unsuccessful', { EC2InstanceId: '' }, [group]),
      ['ignored'],
    ],
    [
      'a task that ended',
      native('aws.ecs', 'ECS Task State Change', { taskArn: arn('task/shop/0a1b', 'ecs'), lastStatus: 'STOPPED' }),
      [`delete 111122223333 eu-west-1 AWS::ECS::Task ${arn('task/shop/0a1b', 'ecs')}`],
    ],
    [
      'a service that was deployed',
      native('aws.ecs', 'ECS Deployment State Change', { eventName: 'SERVICE_DEPLOYMENT_COMPLETED' }, [
        arn('service/shop/checkout', 'ecs'),
      ]),
      [
        `update 111122223333 eu-west-1 AWS::ECS::Service ${arn('service/shop/checkout', 'ecs')}|${arn('cluster/shop', 'ecs')}`,
      ],
    ],
    [
      'a container instance: it moves counts of its cluster, which are no change',
      native('aws.ecs', 'ECS Container Instance State Change', { ec2InstanceId: 'i-1' }, [
        arn('container-instance/shop/0a1b', 'ecs'),
      ]),
      ['ignored'],
    ],
    [
      'a database that was made',
      rds('Instance', 'db:orders', ['creation']),
      ['create 111122223333 eu-west-1 AWS::RDS::DBInstance orders'],
    ],
    [
      'a cluster that failed over',
      rds('Cluster', 'cluster:orders', ['failover']),
      ['update 111122223333 eu-west-1 AWS::RDS::DBCluster orders'],
    ],
    [
      'a snapshot of a database that went away',
      rds('Snapshot', 'snapshot:orders-1', ['deletion']),
      ['delete 111122223333 eu-west-1 AWS::RDS::DBSnapshot orders-1'],
    ],
    [
      'a stack',
      native('aws.cloudformation', 'CloudFormation Stack Status Change', {
        'stack-id': arn('stack/shop/0a1b', 'cloudformation'),
        'status-details': { status: 'DELETE_COMPLETE' },
      }),
      [`delete 111122223333 eu-west-1 AWS::CloudFormation::Stack ${arn('stack/shop/0a1b', 'cloudformation')}`],
    ],
    [
      'tags of anything',
      native('aws.tag', 'Tag Change on Resource', { 'changed-tag-keys': ['team'] }, [arn('db:orders', 'rds')]),
      ['update 111122223333 eu-west-1 AWS::RDS::DBInstance orders'],
    ],
    [
      'a notice of AWS Health',
      native(
        'aws.health',
        'AWS Health Event',
        { eventTypeCode: 'AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED', affectedEntities: [{ entityValue: 'i-1' }] },
        ['i-1'],
      ),
      ['update 111122223333 eu-west-1 AWS::EC2::Instance i-1'],
    ],
    ['a finding', native('aws.guardduty', 'GuardDuty Finding', { type: 'x' }), ['ignored']],
    ['an object that was deleted', native('aws.s3', 'Object Deleted', { bucket: { name: 'b' } }), ['ignored']],
  ])('%s', (_, message, expected) => {
    expect(said(message)).toEqual(expected)
  })

  test('are reported by their service, and are one however they come', () => {
    const message = native('aws.ec2', 'EC2 Instance State-change Notification', {
      'instance-id': 'i-1',
      state: 'stopped',
    })
    const { events } = reader.readTexts(
      [JSON.stringify(message), JSON.stringify({ Message: JSON.stringify(message) })],
      'test',
    ).incoming
    expect(events[0]).toEqual(events[1])
    expect(events[0]).toMatchObject({
      id: '7bf73129-1428-4cd3-a780-95db273d1602',
      at: Date.UTC(2026, 10, 22, 10),
      source: 'aws.ec2',
      name: 'EC2 Instance State-change Notification',
      actor: { kind: 'aws-service', name: 'ec2.amazonaws.com' },
      request: '{"instance-id":"i-1","state":"stopped"}',
    })
  })

  test.each([
    ['without an id', { id: undefined }],
    ['without a time', { time: 'yesterday' }],
    ['without a source', { source: 7 }],
  ])('%s are rejected', (_, change) => {
    const whole = native('aws.ec2', 'EC2 Instance State-change Notification', { 'instance-id': 'i-1' })
    expect(said({ ...whole, ...change })).toEqual([expect.stringMatching(/^rejected: an EventBridge event/)])
  })
})

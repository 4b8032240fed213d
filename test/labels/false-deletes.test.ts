import { expect, test } from 'vitest'
import { loadEventMap } from '../../src/clouds/aws/event-map/load.ts'
import { resolve } from '../../src/clouds/aws/event-map/resolve.ts'
import type { CloudTrailRecord } from '../../src/model/cloudtrail.ts'
import { seedRecords } from '../fuzz/seed-records.ts'
import { keyOf } from './label.ts'

/**
 * Calls that end an asset although their words differ from those of its type. All others must be called after the very
 * type that they end: `DeleteBucketPolicy` ends no bucket.
 */
const OWN_DELETES: Readonly<Record<string, RegExp>> = {
  'autoscaling.amazonaws.com:TerminateInstanceInAutoScalingGroup': /^AWS::EC2::Instance$/,
  'cloudcontrolapi.amazonaws.com:DeleteResource': /./,
  'ec2.amazonaws.com:DeregisterImage': /^AWS::EC2::Image$/,
  'ec2.amazonaws.com:DeleteTransitGatewayVpcAttachment': /^AWS::EC2::TransitGateway(?:Vpc)?Attachment$/,
  'ec2.amazonaws.com:DisassociateRouteTable': /^AWS::EC2::SubnetRouteTableAssociation$/,
  'ec2.amazonaws.com:ReleaseAddress': /^AWS::EC2::EIP$/,
  'ec2.amazonaws.com:TerminateInstances': /^AWS::EC2::Instance$/,
  'ecs.amazonaws.com:DeregisterTaskDefinition': /^AWS::ECS::TaskDefinition$/,
  'elasticmapreduce.amazonaws.com:TerminateJobFlows': /^AWS::EMR::Cluster$/,
  'iam.amazonaws.com:DeleteOpenIDConnectProvider': /^AWS::IAM::OIDCProvider$/,
  'iam.amazonaws.com:DeletePolicy': /^AWS::IAM::ManagedPolicy$/,
  'kms.amazonaws.com:ScheduleKeyDeletion': /^AWS::KMS::Key$/,
  'lambda.amazonaws.com:DeleteFunctionUrlConfig': /^AWS::Lambda::Url$/,
  'lambda.amazonaws.com:RemovePermission': /^AWS::Lambda::Permission$/,
  'monitoring.amazonaws.com:DeleteAlarms': /^AWS::CloudWatch::(?:Composite)?Alarm$/,
  'route53.amazonaws.com:ChangeResourceRecordSets': /^AWS::Route53::RecordSet$/,
  'route53resolver.amazonaws.com:DeleteResolverQueryLogConfig': /^AWS::Route53Resolver::ResolverQueryLoggingConfig$/,
  'sns.amazonaws.com:Unsubscribe': /^AWS::SNS::Subscription$/,
}

test('a delete is said only of the type whose own delete the call is', async () => {
  const map = loadEventMap()
  const records = (await seedRecords()) as CloudTrailRecord[]
  const deletes = records.flatMap(record => {
    const outcome = resolve(map, record)
    const assets = outcome.kind === 'mapped' ? outcome.assets.filter(asset => asset.action === 'delete') : []
    return assets.map(({ type }) => ({ call: keyOf(record.eventSource, record.eventName), type }))
  })
  const wrong = deletes.filter(({ call, type }) => !(OWN_DELETES[call]?.test(type) ?? isCalledAfter(call, type)))
  expect(deletes.length).toBeGreaterThan(20)
  const said = wrong.map(({ call, type }) => `${call} says delete of ${type}`)
  expect(said, said.join('\n')).toEqual([])
})

/** `ec2.amazonaws.com:DeleteFlowLogs` is called after AWS::EC2::FlowLog. */
function isCalledAfter(call: string, type: string): boolean {
  const noun = /:(?:Delete|Terminate|Deregister)(\w+)$/.exec(call)?.[1]?.toLowerCase()
  const own = type.split('::')[2]?.toLowerCase()
  return noun !== undefined && own !== undefined && (noun === own || noun === `${own}s`)
}

import {
  AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  type LaunchTemplateSpecification,
  paginateDescribeAutoScalingGroups,
} from '@aws-sdk/client-auto-scaling'
import { inBatches } from '../describe.ts'
import { defineResource, edges } from '../resource.ts'

export default defineResource<AutoScalingClient, AutoScalingGroup>({
  type: 'AWS::AutoScaling::AutoScalingGroup',
  title: 'Auto Scaling group',
  service: 'autoscaling',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['autoscaling:DescribeAutoScalingGroups'],
  client: settings => new AutoScalingClient(settings),
  async *list(client) {
    for await (const page of paginateDescribeAutoScalingGroups({ client, pageSize: 100 }, {}))
      yield page.AutoScalingGroups ?? []
  },
  /** Names that do not exist are left out of the reply by the API itself. */
  describe(client, names) {
    return inBatches(
      names,
      { size: 100, gone: [] },
      async AutoScalingGroupNames =>
        (await client.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames, MaxRecords: 100 })))
          .AutoScalingGroups,
    )
  },
  gone: [],
  id: group => group.AutoScalingGroupName,
  arn: group => group.AutoScalingGroupARN,
  name: group => group.AutoScalingGroupName,
  edges: group => [
    ...edges('in-subnet', ...(group.VPCZoneIdentifier ?? '').split(',')),
    ...edges(
      'uses',
      ...new Set([...templatesOf(group).map(idOrName), group.LaunchConfigurationName, group.PlacementGroup]),
    ),
    ...edges(
      'registers-with',
      ...new Set([
        ...(group.TargetGroupARNs ?? []),
        ...(group.LoadBalancerNames ?? []),
        ...(group.TrafficSources ?? []).map(source => source.Identifier),
      ]),
    ),
    ...edges('runs-as', group.ServiceLinkedRoleARN),
  ],
  // The instances come and go by themselves, and each names its group (member-of).
  volatile: ['Instances', 'PredictedCapacity', 'WarmPoolSize'],
  unordered: [
    'AvailabilityZones',
    'AvailabilityZoneIds',
    'EnabledMetrics',
    'Instances',
    'LoadBalancerNames',
    'SuspendedProcesses',
    'Tags',
    'TargetGroupARNs',
    'TrafficSources',
  ],
  example: {
    item: {
      AutoScalingGroupName: 'web',
      AutoScalingGroupARN:
        'arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:0a1b2c3d-1111-2222-3333-444455556666:autoScalingGroupName/web',
      LaunchTemplate: { LaunchTemplateId: 'lt-0a1b2c3d4e5f60718', LaunchTemplateName: 'web', Version: '$Latest' },
      MinSize: 2,
      MaxSize: 6,
      DesiredCapacity: 2,
      DefaultCooldown: 300,
      HealthCheckType: 'ELB',
      AvailabilityZones: ['eu-west-1a', 'eu-west-1b'],
      VPCZoneIdentifier: 'subnet-0a1b2c3d,subnet-0e1f2a3b',
      TargetGroupARNs: ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop/73e2d6bc24d8a067'],
      CreatedTime: new Date('2026-11-01T03:00:00Z'),
      ServiceLinkedRoleARN:
        'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
      Tags: [
        { Key: 'team', Value: 'shop', ResourceId: 'web', ResourceType: 'auto-scaling-group', PropagateAtLaunch: true },
      ],
    },
    asset: {
      id: 'web',
      arn: 'arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:0a1b2c3d-1111-2222-3333-444455556666:autoScalingGroupName/web',
      name: 'web',
      tags: { team: 'shop' },
      edges: [
        { kind: 'in-subnet', target: 'subnet-0a1b2c3d' },
        { kind: 'in-subnet', target: 'subnet-0e1f2a3b' },
        { kind: 'uses', target: 'lt-0a1b2c3d4e5f60718' },
        {
          kind: 'registers-with',
          target: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop/73e2d6bc24d8a067',
        },
        {
          kind: 'runs-as',
          target:
            'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
        },
      ],
    },
  },
})

function templatesOf(group: AutoScalingGroup): (LaunchTemplateSpecification | undefined)[] {
  const mixed = group.MixedInstancesPolicy?.LaunchTemplate
  return [
    group.LaunchTemplate,
    mixed?.LaunchTemplateSpecification,
    ...(mixed?.Overrides ?? []).map(override => override.LaunchTemplateSpecification),
  ]
}

function idOrName(template: LaunchTemplateSpecification | undefined): string | undefined {
  return template?.LaunchTemplateId ?? template?.LaunchTemplateName
}

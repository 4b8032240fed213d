import { overrides } from '../overrides.ts'

export default overrides('autoscaling', {
  TerminateInstanceInAutoScalingGroup: {
    row: 'update? AWS::AutoScaling::AutoScalingGroup response.activity.autoScalingGroupName; update AWS::EC2::Instance request.instanceId',
    why: 'the group lives on with another capacity; the instance is read again, because it may be on its way to a warm pool',
    example: {
      request: { instanceId: 'i-1', shouldDecrementDesiredCapacity: false },
      response: { activity: { autoScalingGroupName: 'web', activityId: 'a-1' } },
      assets: ['update AWS::AutoScaling::AutoScalingGroup web', 'update AWS::EC2::Instance i-1'],
    },
  },
  SetInstanceHealth: {
    row: 'update AWS::EC2::Instance request.instanceId',
    why: 'the request names the instance, not its group',
    example: { request: { instanceId: 'i-1', healthStatus: 'Unhealthy' }, assets: ['update AWS::EC2::Instance i-1'] },
  },
  'CreateOrUpdateTags, DeleteTags': {
    row: 'update AWS::AutoScaling::AutoScalingGroup request.tags[].resourceId',
    why: 'only groups can be tagged here',
    example: {
      request: { tags: [{ resourceId: 'web', resourceType: 'auto-scaling-group', key: 'team', value: 'shop' }] },
      assets: ['update AWS::AutoScaling::AutoScalingGroup web'],
    },
  },
})

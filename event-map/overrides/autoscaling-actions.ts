import { overrides } from '../overrides.ts'

const POLICY =
  'arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:1:autoScalingGroupName/web:policyName/follow-the-load'

export default overrides('autoscaling', {
  PutScheduledUpdateGroupAction: {
    row: 'update AWS::AutoScaling::ScheduledAction request.scheduledActionName | request.autoScalingGroupName',
    why: 'a scheduled action is a type of its own; the group stays as it is until then',
    example: {
      request: { autoScalingGroupName: 'web', scheduledActionName: 'night', desiredCapacity: 1 },
      assets: ['update AWS::AutoScaling::ScheduledAction night|web'],
    },
  },
  BatchPutScheduledUpdateGroupAction: {
    row: 'update AWS::AutoScaling::ScheduledAction request.scheduledUpdateGroupActions[].scheduledActionName | request.autoScalingGroupName',
    why: 'a scheduled action is a type of its own; the group stays as it is until then',
    example: {
      request: {
        autoScalingGroupName: 'web',
        scheduledUpdateGroupActions: [{ scheduledActionName: 'night' }, { scheduledActionName: 'day' }],
      },
      assets: [
        'update AWS::AutoScaling::ScheduledAction night|web',
        'update AWS::AutoScaling::ScheduledAction day|web',
      ],
    },
  },
  LaunchInstances: {
    row: 'update AWS::AutoScaling::AutoScalingGroup request.autoScalingGroupName; create? AWS::EC2::Instance response.instances[].instanceIds',
    why: 'the answer lists the instances that the group has launched',
    example: {
      request: { autoScalingGroupName: 'web', requestedCapacity: 2 },
      response: {
        autoScalingGroupName: 'web',
        instances: [{ instanceType: 'm7g.large', instanceIds: ['i-1', 'i-2'] }],
      },
      assets: [
        'update AWS::AutoScaling::AutoScalingGroup web',
        'create AWS::EC2::Instance i-1',
        'create AWS::EC2::Instance i-2',
      ],
    },
  },
  DeletePolicy: {
    row: 'delete? AWS::AutoScaling::ScalingPolicy request.policyName; update? AWS::AutoScaling::AutoScalingGroup request.autoScalingGroupName',
    why: 'the policy is a type of its own; its name may be its ARN, which alone identifies it',
    example: {
      request: { autoScalingGroupName: 'web', policyName: POLICY },
      assets: [`delete AWS::AutoScaling::ScalingPolicy ${POLICY}`, 'update AWS::AutoScaling::AutoScalingGroup web'],
    },
  },
})

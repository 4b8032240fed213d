import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import {
  CreateImageCommand,
  CreateKeyPairCommand,
  CreateNetworkInterfaceCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DeleteKeyPairCommand,
  DeleteNetworkInterfaceCommand,
  DeleteVolumeCommand,
  DescribeSubnetsCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  RegisterImageCommand,
  RunInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2'
import { CreateClusterCommand, DeleteClusterCommand, ECSClient } from '@aws-sdk/client-ecs'
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import type { Witness } from '../witness.ts'

/** Machines, and what runs without them. */
export async function compute(witness: Witness): Promise<void> {
  const ec2 = witness.site.client(EC2Client)
  const { Subnets: [subnet] = [] } = await ec2.send(new DescribeSubnetsCommand({}))
  const [SubnetId, AvailabilityZone] = [subnet?.SubnetId, subnet?.AvailabilityZone]
  const { ImageId } = await ec2.send(new RegisterImageCommand({ Name: 'base', Architecture: 'x86_64' }))
  const { Instances: [instance] = [] } = await witness.sees('AWS::EC2::Instance', () =>
    ec2.send(new RunInstancesCommand({ ImageId, MinCount: 1, MaxCount: 1, SubnetId, InstanceType: 't3.micro' })),
  )
  const InstanceId = instance?.InstanceId ?? ''
  await witness.sees('AWS::EC2::NetworkInterface', () =>
    ec2.send(new RunInstancesCommand({ ImageId, MinCount: 1, MaxCount: 1, SubnetId, InstanceType: 't3.micro' })),
  )
  await witness.sees('AWS::EC2::Instance', () => ec2.send(new StopInstancesCommand({ InstanceIds: [InstanceId] })))
  await witness.sees('AWS::EC2::Instance', () =>
    ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, InstanceType: { Value: 't3.small' } })),
  )
  await witness.sees('AWS::EC2::Image', () => ec2.send(new CreateImageCommand({ InstanceId, Name: 'copy' })))
  const { VolumeId } = await witness.sees('AWS::EC2::Volume', () =>
    ec2.send(new CreateVolumeCommand({ Size: 8, AvailabilityZone })),
  )
  await witness.sees('AWS::EC2::Snapshot', () => ec2.send(new CreateSnapshotCommand({ VolumeId })))
  await witness.sees('AWS::EC2::Volume', () => ec2.send(new DeleteVolumeCommand({ VolumeId })))
  const { NetworkInterface } = await witness.sees('AWS::EC2::NetworkInterface', () =>
    ec2.send(new CreateNetworkInterfaceCommand({ SubnetId })),
  )
  const { NetworkInterfaceId } = NetworkInterface ?? {}
  await witness.sees('AWS::EC2::NetworkInterface', () =>
    ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId })),
  )
  await witness.sees('AWS::EC2::KeyPair', () => ec2.send(new CreateKeyPairCommand({ KeyName: 'deploy' })))
  await witness.sees('AWS::EC2::KeyPair', () => ec2.send(new DeleteKeyPairCommand({ KeyName: 'deploy' })))

  const scaling = witness.site.client(AutoScalingClient)
  const name = { LaunchConfigurationName: 'web' }
  await scaling.send(new CreateLaunchConfigurationCommand({ ...name, ImageId, InstanceType: 't3.micro' }))
  const group = { AutoScalingGroupName: 'web', MinSize: 0, MaxSize: 2, VPCZoneIdentifier: SubnetId }
  await witness.sees('AWS::AutoScaling::AutoScalingGroup', () =>
    scaling.send(new CreateAutoScalingGroupCommand({ ...group, ...name })),
  )
  await witness.sees('AWS::AutoScaling::AutoScalingGroup', () =>
    scaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: 'web', MaxSize: 3 })),
  )

  const ecs = witness.site.client(ECSClient)
  await witness.sees('AWS::ECS::Cluster', () => ecs.send(new CreateClusterCommand({ clusterName: 'jobs' })))
  await witness.sees('AWS::ECS::Cluster', () => ecs.send(new DeleteClusterCommand({ cluster: 'jobs' })))
}

/** Functions, which need a role. */
export async function functions(witness: Witness, role: string): Promise<void> {
  const lambda = witness.site.client(LambdaClient)
  const FunctionName = 'invoice'
  await witness.sees('AWS::Lambda::Function', () =>
    lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role: role,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: EMPTY_ARCHIVE },
        Environment: { Variables: { PASSWORD: 'secret' } },
      }),
    ),
  )
  await witness.sees('AWS::Lambda::Function', () =>
    lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 30 })),
  )
  await witness.sees('AWS::Lambda::Function', () => lambda.send(new DeleteFunctionCommand({ FunctionName })))
}

/** The end of a zip archive, which is all of an empty one. */
const EMPTY_ARCHIVE = Buffer.from('504b0506000000000000000000000000000000000000', 'hex')

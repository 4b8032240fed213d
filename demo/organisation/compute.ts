import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  CreateImageCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  EC2Client,
  RegisterImageCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2'
import type { Site } from './clients.ts'
import { known } from './known.ts'
import type { Network } from './network.ts'
import type { ServicePlan } from './plan.ts'
import { tagList } from './tags.ts'

export interface BuiltInstance {
  readonly id: string
  readonly name: string
  readonly privateIp: string
}

/** The image that the instances of a site start from. */
export async function createBaseImage({ client }: Site, name: string): Promise<string> {
  const { ImageId } = await client(EC2Client).send(
    new RegisterImageCommand({
      Name: `${name}-base-2026-10`,
      Description: 'Base image of all services',
      Architecture: 'x86_64',
      RootDeviceName: '/dev/xvda',
      VirtualizationType: 'hvm',
    }),
  )
  return known(ImageId)
}

/** Instances of a service, spread over the private subnets, each with an address that the plan decides. */
export function createInstances(
  { client }: Site,
  network: Network,
  given: { service: ServicePlan; image: string; count: number; firstHost: number; profile: string },
): Promise<BuiltInstance[]> {
  const { service, image, count, firstHost, profile } = given
  const ec2 = client(EC2Client)
  return Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const zone = at % network.privateSubnets.length
      const name = `${service.name}-${at + 1}`
      const privateIp = `${network.prefix}.${10 * (zone + 1)}.${firstHost + at}`
      const { Instances } = await ec2.send(
        new RunInstancesCommand({
          ImageId: image,
          InstanceType: service.instanceType as 't3.medium',
          MinCount: 1,
          MaxCount: 1,
          NetworkInterfaces: [
            {
              DeviceIndex: 0,
              SubnetId: known(network.privateSubnets[zone]),
              PrivateIpAddress: privateIp,
              Groups: [network.serviceGroup],
              DeleteOnTermination: true,
            },
          ],
          KeyName: network.keyPair,
          IamInstanceProfile: { Name: profile },
          TagSpecifications: [
            { ResourceType: 'instance', Tags: tagList(name, service.team, { service: service.name }) },
          ],
        }),
      )
      return { id: known(Instances?.[0]?.InstanceId), name, privateIp }
    }),
  )
}

/** An Elastic IP on an instance. Addresses are of the ranges for documentation (RFC 5737), so that they are nobody's. */
export async function giveAddress(
  { client }: Site,
  instance: BuiltInstance,
  { name, address }: { name: string; address: string },
): Promise<{ allocation: string; publicIp: string }> {
  const ec2 = client(EC2Client)
  const { AllocationId, PublicIp } = await ec2.send(
    new AllocateAddressCommand({
      Domain: 'vpc',
      Address: address,
      TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: tagList(name, 'network') }],
    }),
  )
  await ec2.send(new AssociateAddressCommand({ AllocationId: known(AllocationId), InstanceId: instance.id }))
  return { allocation: known(AllocationId), publicIp: known(PublicIp) }
}

/** A data volume with a snapshot, and an image of an instance: what accumulates in every account. */
export async function leaveCopies({ client, region }: Site, instance: BuiltInstance, team: string): Promise<void> {
  const ec2 = client(EC2Client)
  const name = `${instance.name}-data`
  const Tags = tagList(name, team)
  const { VolumeId } = await ec2.send(
    new CreateVolumeCommand({
      AvailabilityZone: `${region}a`,
      Size: 200,
      VolumeType: 'gp3',
      Encrypted: true,
      TagSpecifications: [{ ResourceType: 'volume', Tags }],
    }),
  )
  await ec2.send(
    new CreateSnapshotCommand({
      VolumeId: known(VolumeId),
      Description: `Nightly snapshot of ${name}`,
      TagSpecifications: [{ ResourceType: 'snapshot', Tags }],
    }),
  )
  await ec2.send(new CreateImageCommand({ InstanceId: instance.id, Name: `${instance.name}-2026-11-20` }))
}

import {
  AttachVolumeCommand,
  CreateKeyPairCommand,
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateVolumeCommand,
  DeleteKeyPairCommand,
  DeleteLaunchTemplateCommand,
  DeleteVolumeCommand,
  DetachVolumeCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  ModifyLaunchTemplateCommand,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { type Hand, type Kind, type Thing, type Touch, thing } from '../kind.ts'
import { tagging } from './ec2-tags.ts'

const ec2 = (hand: Hand) => hand.client(EC2Client)
const itself = (one: Thing) => () => [one.touch]
const besides = (type: string, id: string | undefined): Touch[] => (id ? [{ type, id, isSideEffect: true }] : [])

export const instance: Kind = {
  type: 'AWS::EC2::Instance',
  max: 5,
  async create(hand) {
    const { Instances: [made] = [] } = await hand.call(
      () =>
        ec2(hand).send(
          new RunInstancesCommand({ ImageId: 'ami-12345678', InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 }),
        ),
      ({ Instances = [] }) => [
        { type: this.type, id: Instances[0]?.InstanceId ?? '' },
        { type: 'AWS::EC2::NetworkInterface', id: Instances[0]?.NetworkInterfaces?.[0]?.NetworkInterfaceId ?? '' },
        ...besides('AWS::EC2::Volume', Instances[0]?.BlockDeviceMappings?.[0]?.Ebs?.VolumeId),
      ],
    )
    return thing(this.type, made?.InstanceId, '', {
      state: 'running',
      interface: made?.NetworkInterfaces?.[0]?.NetworkInterfaceId ?? '',
      disk: made?.BlockDeviceMappings?.[0]?.Ebs?.VolumeId ?? '',
      zone: made?.Placement?.AvailabilityZone ?? '',
    })
  },
  changes: [
    ...tagging,
    async (hand, one) => {
      const InstanceIds = [one.touch.id]
      const isRunning = one.facts.get('state') === 'running'
      const touched = () => [one.touch, ...besides('AWS::EC2::NetworkInterface', one.facts.get('interface'))]
      if (isRunning) await hand.call(() => ec2(hand).send(new StopInstancesCommand({ InstanceIds })), touched)
      else await hand.call(() => ec2(hand).send(new StartInstancesCommand({ InstanceIds })), touched)
      one.facts.set('state', isRunning ? 'stopped' : 'running')
    },
    async (hand, one) => {
      if (one.facts.get('state') !== 'stopped') return
      const InstanceType = { Value: hand.random.pick(['t3.small', 't3.medium', 't3.large']) }
      await hand.call(
        () => ec2(hand).send(new ModifyInstanceAttributeCommand({ InstanceId: one.touch.id, InstanceType })),
        itself(one),
      )
    },
  ],
  async remove(hand, one) {
    if (one.facts.has('volume')) return false
    await hand.call(
      () => ec2(hand).send(new TerminateInstancesCommand({ InstanceIds: [one.touch.id] })),
      () => [
        one.touch,
        ...besides('AWS::EC2::NetworkInterface', one.facts.get('interface')),
        ...besides('AWS::EC2::Volume', one.facts.get('disk')),
      ],
    )
    return true
  },
}

export const volume: Kind = {
  type: 'AWS::EC2::Volume',
  max: 6,
  async create(hand) {
    const zone = hand.other(instance.type)?.facts.get('zone') ?? `${hand.region}a`
    const { VolumeId } = await hand.call(
      () => ec2(hand).send(new CreateVolumeCommand({ AvailabilityZone: zone, Size: 1 + hand.random.number(50) })),
      reply => [{ type: this.type, id: reply.VolumeId ?? '' }],
    )
    return thing(this.type, VolumeId, '')
  },
  changes: [
    ...tagging,
    async (hand, one) => {
      const VolumeId = one.touch.id
      const holder = one.facts.get('instance')
      const machine = hand.other(instance.type)
      if (holder !== undefined) {
        await hand.call(
          () => ec2(hand).send(new DetachVolumeCommand({ VolumeId, InstanceId: holder })),
          () => [one.touch, { type: instance.type, id: holder }],
        )
        one.facts.delete('instance')
      } else if (machine !== undefined && machine.facts.get('state') === 'running') {
        const attachment = {
          VolumeId,
          InstanceId: machine.touch.id,
          Device: `/dev/sd${hand.random.pick([...'fghijklmnop'])}`,
        }
        await hand.call(
          () => ec2(hand).send(new AttachVolumeCommand(attachment)),
          () => [one.touch, machine.touch],
        )
        one.facts.set('instance', machine.touch.id)
        machine.facts.set('volume', VolumeId)
      }
    },
  ],
  async remove(hand, one) {
    if (one.facts.has('instance')) return false
    await hand.call(() => ec2(hand).send(new DeleteVolumeCommand({ VolumeId: one.touch.id })), itself(one))
    return true
  },
}

export const keyPair: Kind = {
  type: 'AWS::EC2::KeyPair',
  max: 4,
  async create(hand) {
    const KeyName = hand.name(this.type)
    if (KeyName === undefined) return undefined
    await hand.call(
      () => ec2(hand).send(new CreateKeyPairCommand({ KeyName })),
      () => [{ type: this.type, id: KeyName }],
    )
    return thing(this.type, KeyName, KeyName)
  },
  changes: [],
  async remove(hand, one) {
    await hand.call(() => ec2(hand).send(new DeleteKeyPairCommand({ KeyName: one.name })), itself(one))
    return true
  },
}

export const launchTemplate: Kind = {
  type: 'AWS::EC2::LaunchTemplate',
  max: 4,
  async create(hand) {
    const LaunchTemplateName = hand.name(this.type)
    if (LaunchTemplateName === undefined) return undefined
    const LaunchTemplateData = { InstanceType: 't3.micro' as const }
    const { LaunchTemplate } = await hand.call(
      () => ec2(hand).send(new CreateLaunchTemplateCommand({ LaunchTemplateName, LaunchTemplateData })),
      reply => [{ type: this.type, id: reply.LaunchTemplate?.LaunchTemplateId ?? '' }],
    )
    return thing(this.type, LaunchTemplate?.LaunchTemplateId, LaunchTemplateName, { latest: '1' })
  },
  changes: [
    ...tagging,
    async (hand, one) => {
      const LaunchTemplateData = { KeyName: hand.fresh() }
      await hand.call(
        () =>
          ec2(hand).send(
            new CreateLaunchTemplateVersionCommand({ LaunchTemplateId: one.touch.id, LaunchTemplateData }),
          ),
        itself(one),
      )
      one.facts.set('latest', String(Number(one.facts.get('latest')) + 1))
    },
    async (hand, one) => {
      const DefaultVersion = one.facts.get('latest') ?? '1'
      await hand.call(
        () => ec2(hand).send(new ModifyLaunchTemplateCommand({ LaunchTemplateId: one.touch.id, DefaultVersion })),
        itself(one),
      )
    },
  ],
  async remove(hand, one) {
    await hand.call(
      () => ec2(hand).send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: one.touch.id })),
      itself(one),
    )
    return true
  },
}

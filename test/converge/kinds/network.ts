import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteInternetGatewayCommand,
  DeleteRouteCommand,
  DeleteRouteTableCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DetachInternetGatewayCommand,
  DisassociateAddressCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  ReleaseAddressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2'
import { type Hand, type Kind, type Thing, thing } from '../kind.ts'
import { tagging } from './ec2-tags.ts'

const ec2 = (hand: Hand) => hand.client(EC2Client)
const itself = (one: Thing) => () => [one.touch]

export const vpc: Kind = {
  type: 'AWS::EC2::VPC',
  max: 4,
  async create(hand) {
    const CidrBlock = `10.${hand.random.number(200)}.0.0/16`
    const { Vpc } = await hand.call(
      () => ec2(hand).send(new CreateVpcCommand({ CidrBlock })),
      ({ Vpc }) => [{ type: this.type, id: Vpc?.VpcId ?? '' }],
    )
    return thing(this.type, Vpc?.VpcId, '', { cidr: CidrBlock })
  },
  changes: [
    ...tagging,
    async (hand, one) => {
      const EnableDnsHostnames = { Value: one.facts.get('names') !== 'on' }
      await hand.call(
        () => ec2(hand).send(new ModifyVpcAttributeCommand({ VpcId: one.touch.id, EnableDnsHostnames })),
        itself(one),
      )
      one.facts.set('names', EnableDnsHostnames.Value ? 'on' : 'off')
    },
  ],
}

export const subnet: Kind = {
  type: 'AWS::EC2::Subnet',
  max: 6,
  async create(hand) {
    const network = hand.other(vpc.type)
    if (network === undefined) return undefined
    const CidrBlock = network.facts.get('cidr')?.replace('.0.0/16', `.${hand.random.number(250)}.0/24`)
    const { Subnet } = await hand.call(
      () => ec2(hand).send(new CreateSubnetCommand({ VpcId: network.touch.id, CidrBlock })),
      ({ Subnet }) => [{ type: this.type, id: Subnet?.SubnetId ?? '' }],
    )
    return thing(this.type, Subnet?.SubnetId, '')
  },
  changes: [
    ...tagging,
    async (hand, one) => {
      const MapPublicIpOnLaunch = { Value: one.facts.get('public') !== 'on' }
      await hand.call(
        () => ec2(hand).send(new ModifySubnetAttributeCommand({ SubnetId: one.touch.id, MapPublicIpOnLaunch })),
        itself(one),
      )
      one.facts.set('public', MapPublicIpOnLaunch.Value ? 'on' : 'off')
    },
  ],
  async remove(hand, one) {
    await hand.call(() => ec2(hand).send(new DeleteSubnetCommand({ SubnetId: one.touch.id })), itself(one))
    return true
  },
}

const rule = (CidrIp: string) => [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp }] }]

export const securityGroup: Kind = {
  type: 'AWS::EC2::SecurityGroup',
  max: 8,
  async create(hand) {
    const GroupName = hand.name(this.type)
    if (GroupName === undefined) return undefined
    const { GroupId } = await hand.call(
      () => ec2(hand).send(new CreateSecurityGroupCommand({ GroupName, Description: hand.fresh() })),
      reply => [{ type: this.type, id: reply.GroupId ?? '' }],
    )
    return thing(this.type, GroupId, GroupName)
  },
  changes: [
    ...tagging,
    async (hand, one) => {
      const cidr = `10.${hand.random.number(250)}.${hand.random.number(250)}.0/24`
      await hand.call(
        () =>
          ec2(hand).send(
            new AuthorizeSecurityGroupIngressCommand({ GroupId: one.touch.id, IpPermissions: rule(cidr) }),
          ),
        itself(one),
      )
      one.facts.set('rule', cidr)
    },
    async (hand, one) => {
      const cidr = one.facts.get('rule')
      if (cidr === undefined) return
      await hand.call(
        () =>
          ec2(hand).send(new RevokeSecurityGroupIngressCommand({ GroupId: one.touch.id, IpPermissions: rule(cidr) })),
        itself(one),
      )
      one.facts.delete('rule')
    },
  ],
  async remove(hand, one) {
    await hand.call(() => ec2(hand).send(new DeleteSecurityGroupCommand({ GroupId: one.touch.id })), itself(one))
    return true
  },
}

export const internetGateway: Kind = {
  type: 'AWS::EC2::InternetGateway',
  max: 4,
  async create(hand) {
    const { InternetGateway } = await hand.call(
      () => ec2(hand).send(new CreateInternetGatewayCommand({})),
      reply => [{ type: this.type, id: reply.InternetGateway?.InternetGatewayId ?? '' }],
    )
    return thing(this.type, InternetGateway?.InternetGatewayId, '')
  },
  changes: [
    ...tagging,
    async (hand, one) => {
      const InternetGatewayId = one.touch.id
      const attached = one.facts.get('vpc')
      const network = hand.other(vpc.type)
      if (attached !== undefined) {
        await hand.call(
          () => ec2(hand).send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId: attached })),
          itself(one),
        )
        one.facts.delete('vpc')
      } else if (network !== undefined) {
        const VpcId = network.touch.id
        await hand.call(
          () => ec2(hand).send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId })),
          itself(one),
        )
        one.facts.set('vpc', VpcId)
      }
    },
  ],
  async remove(hand, one) {
    if (one.facts.has('vpc')) return false
    const InternetGatewayId = one.touch.id
    await hand.call(() => ec2(hand).send(new DeleteInternetGatewayCommand({ InternetGatewayId })), itself(one))
    return true
  },
}

export const routeTable: Kind = {
  type: 'AWS::EC2::RouteTable',
  max: 5,
  async create(hand) {
    const network = hand.other(vpc.type)
    if (network === undefined) return undefined
    const { RouteTable } = await hand.call(
      () => ec2(hand).send(new CreateRouteTableCommand({ VpcId: network.touch.id })),
      reply => [{ type: this.type, id: reply.RouteTable?.RouteTableId ?? '' }],
    )
    return thing(this.type, RouteTable?.RouteTableId, '')
  },
  changes: [
    ...tagging,
    async (hand, one) => {
      const gateway = hand.other(internetGateway.type)
      const known = one.facts.get('route')
      const RouteTableId = one.touch.id
      if (known !== undefined) {
        await hand.call(
          () => ec2(hand).send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock: known })),
          itself(one),
        )
        one.facts.delete('route')
      } else if (gateway !== undefined) {
        const DestinationCidrBlock = `198.51.100.${4 * hand.random.number(60)}/30`
        const route = { RouteTableId, DestinationCidrBlock, GatewayId: gateway.touch.id }
        await hand.call(() => ec2(hand).send(new CreateRouteCommand(route)), itself(one))
        one.facts.set('route', DestinationCidrBlock)
      }
    },
  ],
  async remove(hand, one) {
    await hand.call(() => ec2(hand).send(new DeleteRouteTableCommand({ RouteTableId: one.touch.id })), itself(one))
    return true
  },
}

export const address: Kind = {
  type: 'AWS::EC2::EIP',
  max: 5,
  async create(hand) {
    const idOf = (reply: { PublicIp?: string | undefined; AllocationId?: string | undefined }) =>
      `${reply.PublicIp}|${reply.AllocationId}`
    const reply = await hand.call(
      () => ec2(hand).send(new AllocateAddressCommand({ Domain: 'vpc' })),
      given => [{ type: this.type, id: idOf(given) }],
    )
    return thing(this.type, idOf(reply), '', { allocation: reply.AllocationId ?? '' })
  },
  changes: [
    ...tagging,
    async (hand, one) => {
      const association = one.facts.get('association')
      const machine = hand.other('AWS::EC2::Instance')
      if (association !== undefined) {
        const holder = one.facts.get('holder') ?? ''
        await hand.call(
          () => ec2(hand).send(new DisassociateAddressCommand({ AssociationId: association })),
          () => [one.touch, ...besides(holder, true)],
        )
        one.facts.delete('association')
      } else if (machine !== undefined && machine.facts.get('state') === 'running') {
        const AllocationId = one.facts.get('allocation')
        const { AssociationId } = await hand.call(
          () => ec2(hand).send(new AssociateAddressCommand({ AllocationId, InstanceId: machine.touch.id })),
          () => [one.touch, ...besides(`${machine.touch.id} ${machine.facts.get('interface')}`, false)],
        )
        one.facts.set('association', AssociationId ?? '')
        one.facts.set('holder', `${machine.touch.id} ${machine.facts.get('interface')}`)
      }
    },
  ],
  async remove(hand, one) {
    if (one.facts.has('association')) return false
    const AllocationId = one.facts.get('allocation')
    await hand.call(() => ec2(hand).send(new ReleaseAddressCommand({ AllocationId })), itself(one))
    return true
  },
}

/** The instance that an address is given to shows it, and so does its interface. The call that takes it away names neither. */
function besides(holder: string, isTakenAway: boolean) {
  const [machine = '', card = ''] = holder.split(' ')
  return [
    { type: 'AWS::EC2::Instance', id: machine, isSideEffect: isTakenAway },
    { type: 'AWS::EC2::NetworkInterface', id: card, isSideEffect: true },
  ]
}

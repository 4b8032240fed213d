import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateKeyPairCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  EC2Client,
  type ResourceType,
} from '@aws-sdk/client-ec2'
import type { Site } from './clients.ts'
import { known } from './known.ts'
import { tagList } from './tags.ts'

/** Where instances, databases and load balancers of a site are put. */
export interface Network {
  readonly vpc: string
  /** Its addresses are in 10.N.0.0/16. */
  readonly number: number
  readonly cidr: string
  /** `10.N`, the start of every address in it. */
  readonly prefix: string
  readonly publicSubnets: readonly string[]
  readonly privateSubnets: readonly string[]
  readonly webGroup: string
  readonly serviceGroup: string
  readonly dataGroup: string
  readonly keyPair: string
}

const ZONES = ['a', 'b', 'c'] as const

/** A VPC of three availability zones, public and private, with gateways and security groups. */
export async function createNetwork(site: Site, name: string, number: number): Promise<Network> {
  const ec2 = site.client(EC2Client)
  const prefix = `10.${number}`
  const cidr = `${prefix}.0.0/16`
  const vpc = known((await ec2.send(new CreateVpcCommand({ CidrBlock: cidr, ...tagged('vpc', name) }))).Vpc?.VpcId)
  const [publicSubnets, privateSubnets, gateway, groups] = await Promise.all([
    Promise.all(
      ZONES.map((zone, at) =>
        createSubnet(site, vpc, { name: `${name}-public-${zone}`, zone, cidr: `${prefix}.${at}.0/24` }),
      ),
    ),
    Promise.all(
      ZONES.map((zone, at) =>
        createSubnet(site, vpc, { name: `${name}-private-${zone}`, zone, cidr: `${prefix}.${10 * (at + 1)}.0/24` }),
      ),
    ),
    createInternetGateway(ec2, vpc, name),
    createSecurityGroups(ec2, vpc, { name, cidr }),
    ec2.send(new CreateKeyPairCommand({ KeyName: `${name}-ops`, ...tagged('key-pair', `${name}-ops`) })),
  ])
  await createRoutes(ec2, { vpc, name, number, gateway, publicSubnets, privateSubnets, region: site.region })
  return { vpc, number, cidr, prefix, publicSubnets, privateSubnets, ...groups, keyPair: `${name}-ops` }
}

async function createSubnet(
  { client, region }: Site,
  vpc: string,
  { name, zone, cidr }: { name: string; zone: string; cidr: string },
): Promise<string> {
  const { Subnet } = await client(EC2Client).send(
    new CreateSubnetCommand({
      VpcId: vpc,
      CidrBlock: cidr,
      AvailabilityZone: `${region}${zone}`,
      ...tagged('subnet', name),
    }),
  )
  return known(Subnet?.SubnetId)
}

async function createInternetGateway(ec2: EC2Client, vpc: string, name: string): Promise<string> {
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand(tagged('internet-gateway', name)))
  const InternetGatewayId = known(InternetGateway?.InternetGatewayId)
  await ec2.send(new AttachInternetGatewayCommand({ VpcId: vpc, InternetGatewayId }))
  return InternetGatewayId
}

async function createSecurityGroups(
  ec2: EC2Client,
  vpc: string,
  { name, cidr }: { name: string; cidr: string },
): Promise<Pick<Network, 'webGroup' | 'serviceGroup' | 'dataGroup'>> {
  const group = async (suffix: string, Description: string, port: number, from: string): Promise<string> => {
    const GroupName = `${name}-${suffix}`
    const { GroupId } = await ec2.send(
      new CreateSecurityGroupCommand({ VpcId: vpc, GroupName, Description, ...tagged('security-group', GroupName) }),
    )
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp: from }] }]
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: known(GroupId), IpPermissions }))
    return known(GroupId)
  }
  const [webGroup, serviceGroup, dataGroup] = await Promise.all([
    group('web', 'HTTPS from everywhere', 443, '0.0.0.0/0'),
    group('services', 'Services, from the network alone', 8080, cidr),
    group('data', 'Databases, from the network alone', 5432, cidr),
  ])
  return { webGroup, serviceGroup, dataGroup }
}

async function createRoutes(
  ec2: EC2Client,
  given: {
    vpc: string
    name: string
    number: number
    region: string
    gateway: string
    publicSubnets: readonly string[]
    privateSubnets: readonly string[]
  },
): Promise<void> {
  const { vpc, name, number, region, gateway, publicSubnets, privateSubnets } = given
  const { AllocationId } = await ec2.send(
    new AllocateAddressCommand({
      Domain: 'vpc',
      Address: `198.51.100.${number}`,
      ...tagged('elastic-ip', `${name}-nat`),
    }),
  )
  const nat = await ec2.send(
    new CreateNatGatewayCommand({
      SubnetId: known(publicSubnets[0]),
      AllocationId: known(AllocationId),
      ...tagged('natgateway', `${name}-nat`),
    }),
  )
  const table = async (suffix: string, subnets: readonly string[], target: object): Promise<string> => {
    const { RouteTable } = await ec2.send(
      new CreateRouteTableCommand({ VpcId: vpc, ...tagged('route-table', `${name}-${suffix}`) }),
    )
    const RouteTableId = known(RouteTable?.RouteTableId)
    await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', ...target }))
    await Promise.all(subnets.map(SubnetId => ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }))))
    return RouteTableId
  }
  const tables = await Promise.all([
    table('public', publicSubnets, { GatewayId: gateway }),
    table('private', privateSubnets, { NatGatewayId: known(nat.NatGateway?.NatGatewayId) }),
  ])
  await ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: vpc,
      ServiceName: `com.amazonaws.${region}.s3`,
      VpcEndpointType: 'Gateway',
      RouteTableIds: tables,
      ...tagged('vpc-endpoint', `${name}-s3`),
    }),
  )
}

function tagged(ResourceType: ResourceType, name: string) {
  return { TagSpecifications: [{ ResourceType, Tags: tagList(name, 'network') }] }
}

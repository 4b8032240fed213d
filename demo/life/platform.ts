import { CloudWatchLogsClient, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  AssociateAddressCommand,
  CreateTagsCommand,
  EC2Client,
  RunInstancesCommand,
  type RunInstancesCommandOutput,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { ModifyDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds'
import { ChangeResourceRecordSetsCommand, ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53'
import { placeOf } from '../organisation/build.ts'
import { known } from '../organisation/known.ts'
import { balancerAlias } from '../organisation/names.ts'
import { ADA, DINA, ELIF, JONAS, pipelineOf } from '../organisation/people.ts'
import { COMPANY } from '../organisation/plan.ts'
import { tagList } from '../organisation/tags.ts'
import { cycle, type Story } from './deed.ts'

/** A simulator never forgets a terminated instance, so instances are not replaced for ever. */
const REPLACED_MAX = 40

/** A deployment: a new instance comes, the oldest goes. */
export const replaceInstances: Story = async function* (stage) {
  const pipeline = await stage.as(pipelineOf('web'), 'shop-staging')
  const { network, instances } = pipeline.place
  const { privateSubnets, serviceGroup, keyPair } = known(network)
  const running = known(instances.get('storefront')).map(({ id, name }) => ({ id, name }))
  const subnet = cycle(privateSubnets)
  for (let at = 1; at <= REPLACED_MAX; at++) {
    const name = `storefront-r${at}`
    const started = await pipeline.does(
      `starts ${name}`,
      { type: INSTANCE, id: ({ Instances }: RunInstancesCommandOutput) => Instances?.[0]?.InstanceId },
      ({ client }) =>
        client(EC2Client).send(
          new RunInstancesCommand({
            ImageId: 'ami-12c6146b',
            InstanceType: 't3.medium',
            MinCount: 1,
            MaxCount: 1,
            SubnetId: subnet(),
            SecurityGroupIds: [serviceGroup],
            KeyName: keyPair,
            TagSpecifications: [{ ResourceType: 'instance', Tags: tagList(name, 'web', { service: 'storefront' }) }],
          }),
        ),
    )
    running.push({ id: started.id, name })
    yield started
    const oldest = known(running.shift())
    yield pipeline.does(`terminates ${oldest.name}`, { type: INSTANCE, id: oldest.id }, ({ client }) =>
      client(EC2Client).send(new TerminateInstancesCommand({ InstanceIds: [oldest.id] })),
    )
  }
}

/** Whose money an instance costs, corrected every now and then. */
export const tagInstances: Story = async function* (stage) {
  const data = await stage.as(ELIF, 'data-platform')
  const next = cycle([...data.place.instances.values()].flat())
  const centre = cycle(['4200', '4210', '4300', '4310', '4400'])
  for (;;) {
    const [{ id }, Value] = [next(), centre()]
    yield data.does(`tags cost-centre ${Value}`, { type: INSTANCE, id }, ({ client }) =>
      client(EC2Client).send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'cost-centre', Value }] })),
    )
  }
}

/** The address that partners know goes from one instance to another. */
export const moveAddress: Story = async function* (stage) {
  const onCall = await stage.as(DINA, 'fulfilment-production')
  const instances = known(onCall.place.instances.get('shipping'))
  const { allocation, publicIp } = known(onCall.place.addresses.get(known(instances[0]).name))
  const address = { type: 'AWS::EC2::EIP', id: `${publicIp}|${allocation}` }
  const next = cycle([...instances.slice(1), ...instances.slice(0, 1)])
  for (;;) {
    const { id: InstanceId, name } = next()
    yield onCall.does(`moves the address to ${name}`, address, ({ client }) =>
      client(EC2Client).send(
        new AssociateAddressCommand({ AllocationId: allocation, InstanceId, AllowReassociation: true }),
      ),
    )
  }
}

/** The beta of the shop is switched between two stages. */
export const switchNames: Story = async function* (stage) {
  const { domain } = stage.organisation.plan
  const network = await stage.as(JONAS, 'network')
  const route53 = network.site.client(Route53Client)
  const { HostedZones } = await route53.send(new ListHostedZonesCommand({}))
  const HostedZoneId = known(HostedZones?.find(({ Name }) => Name === `${domain}.`)?.Id).replace('/hostedzone/', '')
  const name = `beta.${domain}`
  const target = cycle(
    ['shop-staging', 'shop-production'].map(account => ({
      account,
      balancer: known(placeOf(stage.organisation, account).loadBalancers.get('storefront')),
    })),
  )
  for (let Action: 'CREATE' | 'UPSERT' = 'CREATE'; ; Action = 'UPSERT') {
    const { account, balancer } = target()
    yield network.does(
      `points beta to ${account}`,
      { type: 'AWS::Route53::RecordSet', id: `${name}|${HostedZoneId}|A` },
      () =>
        route53.send(
          new ChangeResourceRecordSetsCommand({
            HostedZoneId,
            ChangeBatch: { Changes: [{ Action, ResourceRecordSet: balancerAlias(name, balancer) }] },
          }),
        ),
    )
  }
}

/** A database is given a larger machine, and a smaller one again. */
export const resizeDatabase: Story = async function* (stage) {
  const platform = await stage.as(ADA, 'data-platform')
  const DBInstanceIdentifier = 'reporting-db'
  const next = cycle(['db.r6g.xlarge', 'db.r6g.2xlarge', 'db.r6g.large'])
  for (;;) {
    const DBInstanceClass = next()
    yield platform.does(
      `resizes to ${DBInstanceClass}`,
      { type: 'AWS::RDS::DBInstance', id: DBInstanceIdentifier },
      ({ client }) =>
        client(RDSClient).send(
          new ModifyDBInstanceCommand({ DBInstanceIdentifier, DBInstanceClass, ApplyImmediately: true }),
        ),
    )
  }
}

/** How long logs are kept. */
export const keepLogs: Story = async function* (stage) {
  const platform = await stage.as(ADA, 'shop-production')
  const next = cycle(['search', 'catalogue', 'accounts', 'storefront'])
  const days = cycle([30, 365, 180])
  for (;;) {
    const [logGroupName, retentionInDays] = [`/${COMPANY}/${next()}`, days()]
    yield platform.does(
      `keeps logs for ${retentionInDays} days`,
      { type: 'AWS::Logs::LogGroup', id: logGroupName },
      ({ client }) =>
        client(CloudWatchLogsClient).send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays })),
    )
  }
}

const INSTANCE = 'AWS::EC2::Instance'

import {
  type Change,
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  Route53Client,
} from '@aws-sdk/client-route-53'
import { recordSetId, zoneId } from '../../../src/clouds/aws/route53-names.ts'
import { type Hand, type Kind, type Thing, thing } from '../kind.ts'

const dns = (hand: Hand) => hand.client(Route53Client)

export const hostedZone: Kind = {
  type: 'AWS::Route53::HostedZone',
  isGlobal: true,
  max: 2,
  async create(hand) {
    const label = hand.name(this.type)
    if (label === undefined) return undefined
    const Name = `${label}-${hand.account}.example.`
    const made = new CreateHostedZoneCommand({ Name, CallerReference: hand.fresh() })
    const { HostedZone } = await hand.call(
      () => dns(hand).send(made),
      reply => [{ type: this.type, id: zoneId(reply.HostedZone?.Id) ?? '' }],
    )
    return thing(this.type, zoneId(HostedZone?.Id), label, { domain: Name })
  },
  changes: [],
}

/** Record sets are made, changed and removed by one call, which changes the count of their zone as well. */
export const recordSet: Kind = {
  type: 'AWS::Route53::RecordSet',
  isGlobal: true,
  max: 6,
  async create(hand) {
    const [label, zone] = [hand.name(this.type), hand.other(hostedZone.type)]
    if (label === undefined || zone === undefined) return undefined
    const Name = `${label}.${zone.facts.get('domain')}`
    const id = recordSetId({ zone: zone.touch.id, name: Name, type: 'A', setIdentifier: undefined })
    const made = thing(this.type, id, label, { zone: zone.touch.id, domain: Name, value: addressIn(hand) })
    await change(hand, made, 'CREATE')
    return made
  },
  changes: [
    async (hand, one) => {
      one.facts.set('value', addressIn(hand))
      await change(hand, one, 'UPSERT')
    },
  ],
  async remove(hand, one) {
    await change(hand, one, 'DELETE')
    return true
  },
}

async function change(hand: Hand, one: Thing, Action: NonNullable<Change['Action']>): Promise<void> {
  const HostedZoneId = one.facts.get('zone') ?? ''
  const ResourceRecords = [{ Value: one.facts.get('value') }]
  const ResourceRecordSet = { Name: one.facts.get('domain'), Type: 'A' as const, TTL: 60, ResourceRecords }
  const ChangeBatch = { Changes: [{ Action, ResourceRecordSet }] }
  await hand.call(
    () => dns(hand).send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch })),
    () => [one.touch, { type: hostedZone.type, id: HostedZoneId }],
  )
}

function addressIn(hand: Hand): string {
  return `198.51.${hand.random.number(250)}.${hand.random.number(250)}`
}

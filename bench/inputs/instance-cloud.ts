import { type DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2'
import { Budget } from '../../src/clouds/aws/budget.ts'
import { AwsCloud } from '../../src/clouds/aws/cloud.ts'
import type { AnyResourceType } from '../../src/clouds/aws/resource.ts'
import instance from '../../src/clouds/aws/resources/ec2-instance.ts'
import { AccountId, Region } from '../../src/model/identity.ts'
import { systemClock } from '../../src/ports/clock.ts'

const REGIONS = ['eu-west-1', 'us-east-1'].map(region => Region.parse(region))
const FIRST_ACCOUNT = 200_000_000_000

/** The account and region in which a simulated instance is, of a company with so many accounts. */
export function placeOf(number: number, accounts: number): { account: AccountId; region: Region } {
  const place = number % (accounts * REGIONS.length)
  return { account: accountAt(place >> 1), region: REGIONS[place & 1] as Region }
}

/** AWS with EC2 instances only, through the product's own resource type: `reply` stands in for the service, everything else is as it is. */
export function instanceCloud(
  accounts: number,
  reply: (ids: readonly string[]) => readonly object[] | Promise<readonly object[]>,
): AwsCloud {
  // A client made anew for each call would cost more than the call; the SDK's paginator insists on one of its own class.
  const client: EC2Client = Object.assign(Object.create(EC2Client.prototype), {
    send: async ({ input }: DescribeInstancesCommand) => ({
      Reservations: [{ Instances: await reply(input.Filters?.[0]?.Values ?? []) }],
    }),
    destroy() {},
  })
  const type: AnyResourceType = { ...instance, client: () => client }
  const credentials = async () => ({ accessKeyId: 'simulated', secretAccessKey: 'simulated' })
  return new AwsCloud({
    catalogue: new Map([[type.type, type]]),
    settings: { region: 'eu-west-1', credentials },
    credentials: { of: () => credentials, roleArn: account => `arn:aws:iam::${account}:role/cadastre` },
    own: accountAt(0),
    partition: 'aws',
    budget: new Budget(() => ({ callsPerSecond: 1_000_000, burst: 1_000_000 }), systemClock),
    intervalsMs: { addresses: 3_600_000, names: 21_600_000, rest: 43_200_000 },
    accounts: Array.from({ length: accounts }, (_, at) => accountAt(at)),
    regions: REGIONS,
    secretKey: 'simulated',
    now: Date.now,
    note: () => {},
  })
}

function accountAt(number: number): AccountId {
  return AccountId.parse(String(FIRST_ACCOUNT + number * 7_919))
}

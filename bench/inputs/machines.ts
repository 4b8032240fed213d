import { randomUUID } from 'node:crypto'
import { type AssetId, assetIdOf } from '../../src/model/identity.ts'
import { instanceAt } from '../../test/changes.ts'
import { messageBody, trailTime } from './event-bridge.ts'
import { placeOf } from './instance-cloud.ts'

const PEOPLE = 50

interface Machine {
  readonly revision: number
  readonly address: number
  /** Who made the last change. */
  readonly person: number
  readonly isGone: boolean
  /** When it was changed last, in milliseconds since 1970. */
  readonly changedAt: number
}

/** A change that was made, and the SQS message that tells of it. */
export interface Told {
  readonly eventId: string
  readonly body: string
}

/**
 * A company's EC2 instances: `create`, `update` and `terminate` change one and give the message that tells of it; `reply` is what
 * DescribeInstances says of them at the moment.
 */
export class Machines {
  readonly #accounts: number
  readonly #machines: Machine[] = []
  #addresses = 0
  #changes = 0

  constructor(accounts: number) {
    this.#accounts = accounts
  }

  get count(): number {
    return this.#machines.length
  }

  create(at: number): Told {
    const number = this.#machines.length
    this.#machines.push({
      revision: 0,
      address: this.#addresses++,
      person: this.#changes % PEOPLE,
      isGone: false,
      changedAt: at,
    })
    const items = [{ instanceId: instanceId(number), currentState: { code: 0, name: 'pending' } }]
    return this.#tell(number, at, {
      eventName: 'RunInstances',
      request: { instancesSet: { items: [{ imageId: 'ami-0aa11bb22cc33dd44', minCount: 1, maxCount: 1 }] } },
      response: { reservationId: 'r-0f1e2d3c4b5a69788', instancesSet: { items } },
    })
  }

  /** Something of its config changes; `moves`: its public address too. */
  update(number: number, at: number, moves: boolean): Told {
    const machine = this.machine(number)
    this.#machines[number] = {
      revision: machine.revision + 1,
      address: moves ? this.#addresses++ : machine.address,
      person: this.#changes % PEOPLE,
      isGone: false,
      changedAt: at,
    }
    const items = [{ instanceId: instanceId(number) }]
    if (moves)
      return this.#tell(number, at, { eventName: 'StartInstances', request: { instancesSet: { items } }, response: {} })
    return this.#tell(number, at, {
      eventName: 'ModifyInstanceAttribute',
      request: { instanceId: instanceId(number), attribute: 'instanceType', value: 'm7g.large' },
      response: { _return: true },
    })
  }

  terminate(number: number, at: number): Told {
    this.#machines[number] = { ...this.machine(number), person: this.#changes % PEOPLE, isGone: true, changedAt: at }
    const items = [{ instanceId: instanceId(number) }]
    return this.#tell(number, at, {
      eventName: 'TerminateInstances',
      request: { instancesSet: { items } },
      response: { instancesSet: { items } },
    })
  }

  reply(ids: readonly string[]): object[] {
    return ids.flatMap(id => {
      const number = Number.parseInt(id.slice(2), 16)
      const machine = this.#machines[number]
      if (machine === undefined || machine.isGone) return []
      const { state } = instanceAt({ asset: number, revision: machine.revision, address: 0 }, 0)
      const config = state.kind === 'present' ? state.config : {}
      return [{ ...config, InstanceId: id, PublicIpAddress: addressText(machine.address) }]
    })
  }

  machine(number: number): Machine {
    const machine = this.#machines[number]
    if (machine === undefined) throw new RangeError(`there is no machine ${number}`)
    return machine
  }

  assetId(number: number): AssetId {
    const { asset } = instanceAt({ asset: number, revision: 0, address: 0 }, 0)
    return assetIdOf({ ...asset, ...placeOf(number, this.#accounts), nativeId: instanceId(number) as never })
  }

  publicAddress(number: number): string {
    return addressText(this.machine(number).address)
  }

  /** The name of who changed it last. */
  lastChangedBy(number: number): string {
    return nameOf(this.machine(number).person)
  }

  #tell(number: number, at: number, call: { eventName: string; request: object; response: object }): Told {
    const { account, region } = placeOf(number, this.#accounts)
    const person = this.#changes++ % PEOPLE
    const time = trailTime(at)
    const eventId = randomUUID()
    const record = {
      eventVersion: '1.09',
      userIdentity: identityOf(person, account, time),
      eventTime: time,
      eventSource: 'ec2.amazonaws.com',
      eventName: call.eventName,
      awsRegion: region,
      sourceIPAddress: `192.0.2.${person}`,
      userAgent:
        'APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.70.0 aws-sdk-go-v2/1.32.3',
      requestParameters: call.request,
      responseElements: call.response,
      requestID: randomUUID(),
      eventID: eventId,
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
      tlsDetails: { tlsVersion: 'TLSv1.3', clientProvidedHostHeader: `ec2.${region}.amazonaws.com` },
    }
    const body = messageBody({ eventSource: record.eventSource, account, region, time }, JSON.stringify(record))
    return { eventId, body }
  }
}

export function instanceId(number: number): string {
  return `i-${number.toString(16).padStart(17, '0')}`
}

const nameOf = (person: number) => `person-${person}@example.com`
const addressText = (address: number) => `52.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`

function identityOf(person: number, account: string, time: string): object {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLEEXAMPLE123:${nameOf(person)}`,
    arn: `arn:aws:sts::${account}:assumed-role/Developer/${nameOf(person)}`,
    accountId: account,
    accessKeyId: `ASIAEXAMPLE${person.toString().padStart(9, '0')}`,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAEXAMPLEEXAMPLE123',
        arn: `arn:aws:iam::${account}:role/Developer`,
        accountId: account,
        userName: 'Developer',
      },
      attributes: { creationDate: time, mfaAuthenticated: 'true' },
    },
  }
}

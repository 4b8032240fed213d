import { dnsName } from './resource.ts'

/** `Z0123` of `/hostedzone/Z0123`: replies have the long form, requests, events and CloudFormation the short one. */
export function zoneId(id: string | undefined): string | undefined {
  return id?.replace(/^\/?hostedzone\//, '')
}

/** What makes a record set itself within Route 53. */
export interface RecordKey {
  readonly zone: string
  readonly name: string
  readonly type: string
  /** Only where several record sets share name and type (weighted, latency, failover, …). */
  readonly setIdentifier: string | undefined
}

/**
 * The native id of a record set, in CloudFormation's order: `shop.example.com|Z0123|A`, with `|blue` behind it if it has a
 * set identifier.
 */
export function recordSetId({ zone, name, type, setIdentifier }: RecordKey): string {
  const id = `${dnsName(name)}|${zone}|${type}`
  return setIdentifier === undefined || setIdentifier === '' ? id : `${id}|${setIdentifier}`
}

/** The parts of a native id; a set identifier may itself hold `|`. */
export function recordKey(id: string): RecordKey {
  const [name = '', zone = '', type = '', ...rest] = id.split('|')
  return { zone, name, type, setIdentifier: rest.join('|') || undefined }
}

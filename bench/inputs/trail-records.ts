import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'

const FOLDER = join(process.env['CADASTRE_SHARED'] ?? join(import.meta.dirname, '../../../shared'), 'data/cloudtrail')

/** CloudTrail records as texts: the real ones beside the repository where they are, else made ones of the same mix. */
export async function trailRecords(): Promise<{ readonly records: readonly string[]; readonly origin: string }> {
  if (!existsSync(FOLDER)) return { records: madeRecords(2_000), origin: 'made records: 80 % reads, 20 % writes' }
  const records: string[] = []
  for (const file of readdirSync(FOLDER).filter(name => name.endsWith('.ndjson.gz'))) {
    const lines = createInterface({ input: createReadStream(join(FOLDER, file)).pipe(createGunzip()) })
    for await (const line of lines) records.push(JSON.stringify((JSON.parse(line) as { event: unknown }).event))
  }
  return { records, origin: `the ${records.length} real records of ${FOLDER}` }
}

/** Records in the proportions and sizes of a real trail: four reads to one write, about 1.4 kB each. */
export function madeRecords(count: number): string[] {
  return Array.from({ length: count }, (_, n) => JSON.stringify(madeRecord(n)))
}

const WRITES = ['CreateSecurityGroup', 'ModifyInstanceAttribute', 'RunInstances', 'CreateTags', 'DeleteVolume'] as const
const READS = ['DescribeInstances', 'DescribeSecurityGroups', 'DescribeVpcs', 'DescribeVolumes'] as const

function madeRecord(n: number): object {
  const id = n.toString(16).padStart(17, '0')
  const isWrite = n % 5 === 0
  const eventName = isWrite ? WRITES[(n / 5) % WRITES.length] : READS[n % READS.length]
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLEEXAMPLE123:user-${n % 50}`,
      arn: `arn:aws:sts::111122223333:assumed-role/Developer/user-${n % 50}`,
      accountId: '111122223333',
      accessKeyId: `ASIAEXAMPLE${(n % 50).toString().padStart(9, '0')}`,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROAEXAMPLEEXAMPLE123',
          arn: 'arn:aws:iam::111122223333:role/Developer',
          accountId: '111122223333',
          userName: 'Developer',
        },
        attributes: { creationDate: '2026-11-01T06:00:00Z', mfaAuthenticated: 'true' },
      },
    },
    eventTime: '2026-11-01T07:45:25Z',
    eventSource: 'ec2.amazonaws.com',
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: '192.0.2.10',
    userAgent:
      'APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.70.0 aws-sdk-go-v2/1.32.3',
    requestParameters: {
      instanceId: `i-${id}`,
      volumeId: `vol-${id}`,
      resourcesSet: { items: [{ resourceId: `i-${id}` }] },
      filterSet: { items: [{ name: 'vpc-id', valueSet: { items: [{ value: `vpc-${id}` }] } }] },
    },
    responseElements: isWrite
      ? {
          requestId: `r-${n}`,
          _return: true,
          groupId: `sg-${id}`,
          instancesSet: { items: [{ instanceId: `i-${id}` }] },
        }
      : null,
    requestID: `01234567-89ab-cdef-0123-${id.slice(5)}`,
    eventID: `11111111-2222-3333-4444-${id.slice(5)}`,
    readOnly: !isWrite,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: 'ec2.eu-west-1.amazonaws.com',
    },
  }
}

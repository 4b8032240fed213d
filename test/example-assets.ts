import type { ExampleAsset } from './example-store.ts'

/** Which of the example's scans show an asset. */
export type Scan = 'first' | 'moved' | 'last'

export interface Example extends ExampleAsset {
  readonly scans: readonly Scan[]
}

export const SHOP = '111122223333'
export const NETWORK = '444455556666'
export const ARN = 'arn:aws'

export function network(
  type: string,
  id: string,
  name: string,
  identifiers: readonly string[],
  edges: readonly string[],
): Example {
  return { scans: ['first', 'moved', 'last'], type, id, name, identifiers, edges }
}

export function instance(
  id: string,
  name: string,
  { scans, address, publicIp }: { scans: readonly Scan[]; address: string; publicIp?: string },
): Example {
  return {
    scans,
    type: 'AWS::EC2::Instance',
    id,
    name,
    arn: `${ARN}:ec2:eu-west-1:${SHOP}:instance/${id}`,
    identifiers: [`private-ip ${address}`, ...(publicIp === undefined ? [] : [`public-ip ${publicIp}`])],
    edges: ['in-vpc vpc-0aaaaaaaaaaaaaaa1', 'in-subnet subnet-0aaaaaaaaaaaaaaa1'],
    config: { InstanceType: name === 'web-2' ? 't3.small' : 'm7g.large', PrivateIpAddress: address },
    tags: { Name: name, team: 'shop' },
  }
}

export function balancerArn(): string {
  return `${ARN}:elasticloadbalancing:eu-west-1:${SHOP}:loadbalancer/app/shop/1`
}

export function bucket(scans: readonly Scan[], { encryption }: { encryption?: string }): Example {
  return {
    scans,
    region: 'eu-central-1',
    type: 'AWS::S3::Bucket',
    id: 'invoices',
    name: 'invoices',
    arn: `${ARN}:s3:::invoices`,
    identifiers: ['dns invoices.s3.amazonaws.com'],
    config: {
      PublicAccessBlockConfiguration: { IgnorePublicAcls: true, RestrictPublicBuckets: true },
      ...(encryption === undefined
        ? {}
        : {
            ServerSideEncryptionConfiguration: {
              Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: encryption } }],
            },
          }),
    },
  }
}

export function global(account: string, type: string, id: string): Example {
  return { scans: ['first', 'moved', 'last'], account, region: 'global', type, id }
}

export function user(
  account: string,
  name: string,
  scans: readonly Scan[],
  tags: Readonly<Record<string, string>> = {},
): Example {
  return { ...global(account, 'AWS::IAM::User', name), scans, name, arn: `${ARN}:iam::${account}:user/${name}`, tags }
}

export function key(id: string, UserName: string, scans: readonly Scan[]): Example {
  return {
    ...global(SHOP, 'AWS::IAM::AccessKey', id),
    scans,
    identifiers: [`access-key ${id}`],
    edges: [`belongs-to ${UserName}`],
    config: { UserName, Status: 'Active', CreateDate: '2026-01-05T09:00:00.000Z' },
    volatile: {
      AccessKeyLastUsed: { LastUsedDate: '2026-11-21T09:00:00.000Z', ServiceName: 's3', Region: 'eu-west-1' },
    },
  }
}

export function recordSet(
  name: string,
  Type: string,
  target: string,
  config: Readonly<Record<string, unknown>> = {},
): Example {
  return {
    ...global(NETWORK, 'AWS::Route53::RecordSet', `Z0000000EXAMPLE|${name}|${Type}`),
    name,
    identifiers: [`dns ${name}`],
    edges: ['part-of Z0000000EXAMPLE', `points-to ${target}`],
    config: { Type, ...config },
  }
}

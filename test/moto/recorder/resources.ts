import { textAt, type Values } from './model.ts'
import type { Called } from './operation.ts'

/** What a service names in `resources` of its own accord; few do. */
export interface Resource {
  readonly accountId: string
  readonly type?: string
  readonly ARN: string
}

export interface Place {
  readonly account: string
  readonly region: string
}

export function resourcesOf({ api, operation }: Called, request: Values, reply: Values, place: Place): Resource[] {
  const arn = ARNS[api.name]?.(operation.name, request, reply, place)
  if (arn === undefined) return []
  const type = TYPES[api.name]
  return [{ accountId: arn.split(':')[4] || place.account, ...(type !== undefined && { type }), ARN: arn }]
}

const TYPES: Readonly<Record<string, string>> = {
  dynamodb: 'AWS::DynamoDB::Table',
  kms: 'AWS::KMS::Key',
  s3: 'AWS::S3::Bucket',
  sts: 'AWS::IAM::Role',
}

type FindArn = (operation: string, request: Values, reply: Values, place: Place) => string | undefined

const ARNS: Readonly<Record<string, FindArn>> = {
  dynamodb: (_, request, reply, { account, region }) => {
    const name = textAt(request, 'TableName') ?? textAt(request, 'ResourceArn')
    if (name === undefined || name.startsWith('arn:')) return name
    return textAt(reply, 'TableDescription', 'TableArn') ?? `arn:aws:dynamodb:${region}:${account}:table/${name}`
  },
  kms: (_, request, reply, { account, region }) => {
    const id = textAt(reply, 'KeyMetadata', 'Arn') ?? textAt(request, 'KeyId') ?? textAt(request, 'TargetKeyId')
    if (id === undefined || id.startsWith('alias/')) return undefined
    return id.startsWith('arn:') ? id : `arn:aws:kms:${region}:${account}:key/${id}`
  },
  // A bucket that is only being created has no owner yet.
  s3: (operation, request) => {
    const bucket = textAt(request, 'Bucket')
    return bucket === undefined || operation === 'CreateBucket' ? undefined : `arn:aws:s3:::${bucket}`
  },
  ssm: (operation, request, _, { account, region }) => {
    const name = /^(?:Put|Delete)Parameter$/.test(operation) ? textAt(request, 'Name') : undefined
    return name && `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`
  },
  sts: (operation, request) => (operation.startsWith('AssumeRole') ? textAt(request, 'RoleArn') : undefined),
}

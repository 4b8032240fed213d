import type { Api, Operation } from './model.ts'

/** Calls on what is inside an asset: trails log them only when asked to, and never as management events. */
const DATA: Readonly<Record<string, RegExp>> = {
  cloudwatch: /^PutMetricData$/,
  dynamodb: /Item|^Query$|^Scan$|Statement$|^ExecuteTransaction$/,
  events: /^PutEvents$/,
  firehose: /^PutRecord/,
  kinesis: /^(?:Put|Get)Record|^SubscribeToShard$|^GetShardIterator$/,
  lambda: /^Invoke/,
  logs: /^PutLogEvents$/,
  s3: /Object(?!LockConfiguration)|^(?:UploadPart|CreateMultipartUpload|CompleteMultipartUpload|AbortMultipartUpload|ListParts)/,
  sns: /^Publish/,
  sqs: /^(?:Send|Receive|Delete|ChangeMessageVisibility)(?:Message|$)|MessageBatch$|MessageVisibilityBatch$/,
}

export function isDataCall({ name }: Api, operation: Operation): boolean {
  return DATA[name]?.test(operation.name) ?? false
}

const READING =
  /^(?:Get|List|Describe|Search|Lookup|Head|Select|Check|Test|Validate|Preview|Simulate|BatchGet|BatchDescribe|Query|Scan|View|Download|Decode|Estimate|Filter)(?=[A-Z0-9]|$)/

/** Calls that read although their names do not say so, and the other way round. */
const READS: Readonly<Record<string, RegExp>> = {
  kms: /^(?:Decrypt|Encrypt|GenerateDataKey|GenerateMac|ReEncrypt|Sign|Verify)/,
  sts: /./,
}
const WRITES: Readonly<Record<string, RegExp>> = {
  sts: /^GetFederationToken$/,
}

export function isRead({ name }: Api, operation: Operation): boolean {
  if (WRITES[name]?.test(operation.name)) return false
  return READS[name]?.test(operation.name) === true || READING.test(operation.name)
}

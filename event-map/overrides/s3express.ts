import { overrides } from '../overrides.ts'

const BUCKET = 'AWS::S3Express::DirectoryBucket'
const POINT = 'AWS::S3Express::AccessPoint'
const name = 'cache--euw1-az1--x-s3'

/** Directory buckets: S3's operations under an event source of their own, which no model names. */
export default overrides(
  's3express',
  {
    CreateBucket: {
      row: `create ${BUCKET} request.bucketName`,
      why: 'a directory bucket is a type of its own',
      example: { request: { bucketName: name }, assets: [`create ${BUCKET} ${name}`] },
    },
    DeleteBucket: {
      row: `delete ${BUCKET} request.bucketName`,
      why: 'a directory bucket is a type of its own',
      example: { request: { bucketName: name }, assets: [`delete ${BUCKET} ${name}`] },
    },
    'PutBucketPolicy, DeleteBucketPolicy, PutBucketEncryption, DeleteBucketEncryption, PutBucketLifecycle, PutBucketLifecycleConfiguration, DeleteBucketLifecycle, PutBucketAbac, PutBucketInventoryConfiguration, DeleteBucketInventoryConfiguration, PutBucketMetricsConfiguration, DeleteBucketMetricsConfiguration, PutInventoryConfiguration, DeleteInventoryConfiguration, PutMetricsConfiguration, DeleteMetricsConfiguration':
      {
        row: `update ${BUCKET} request.bucketName`,
        why: 'these are settings of a directory bucket',
        example: { request: { bucketName: name, host: 's3express' }, assets: [`update ${BUCKET} ${name}`] },
      },
    CreateAccessPoint: {
      row: `create ${POINT} request.name`,
      why: 'access points of directory buckets are a type of their own',
      example: { request: { name: 'reports--euw1-az1--xa-s3' }, assets: [`create ${POINT} reports--euw1-az1--xa-s3`] },
    },
    DeleteAccessPoint: {
      row: `delete ${POINT} request.name`,
      why: 'access points of directory buckets are a type of their own',
      example: { request: { name: 'reports--euw1-az1--xa-s3' }, assets: [`delete ${POINT} reports--euw1-az1--xa-s3`] },
    },
    'PutAccessPointPolicy, DeleteAccessPointPolicy, PutAccessPointScope, DeleteAccessPointScope': {
      row: `update ${POINT} request.name`,
      why: 'access points of directory buckets are a type of their own',
      example: { request: { name: 'reports--euw1-az1--xa-s3' }, assets: [`update ${POINT} reports--euw1-az1--xa-s3`] },
    },
    'TagResource, UntagResource': {
      row: 'named request.resourceArn',
      why: 'the ARN decides the type',
      example: {
        request: { resourceArn: `arn:aws:s3express:eu-west-1:111122223333:bucket/${name}` },
        assets: [`update ${BUCKET} ${name}`],
      },
    },
    'CreateSession, PutObject, DeleteObject, DeleteObjects, CopyObject, RenameObject, CreateMultipartUpload, CompleteMultipartUpload, AbortMultipartUpload, UploadPart, UploadPartCopy':
      {
        row: 'none: data plane: uses an asset, does not change one',
        why: 'sessions and objects are not what a bucket is',
        example: { request: { bucketName: name }, assets: [] },
      },
  },
  {
    [BUCKET]: {
      id: ['BucketName'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an ARN template, as the models write them
      arn: 'arn:${Partition}:s3express:${Region}:${Account}:bucket/${BucketName}',
    },
    [POINT]: {
      id: ['Name'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an ARN template, as the models write them
      arn: 'arn:${Partition}:s3express:${Region}:${Account}:accesspoint/${Name}',
    },
  },
)

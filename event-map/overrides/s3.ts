import { overrides } from '../overrides.ts'

export default overrides('s3', {
  'PutBucketPublicAccessBlock, DeleteBucketPublicAccessBlock, PutBucketObjectLockConfiguration, PutBucketLifecycle, PutBucketNotification, PutAccelerateConfiguration, PutBucketAcl, PutAnalyticsConfiguration, DeleteAnalyticsConfiguration, PutInventoryConfiguration, DeleteInventoryConfiguration, PutMetricsConfiguration, DeleteMetricsConfiguration, PutIntelligentTieringConfiguration, DeleteIntelligentTieringConfiguration, PutBucketIntelligentTieringConfiguration, PutPublicAccessBlock, DeletePublicAccessBlock, PutObjectLockConfiguration':
    {
      row: 'update AWS::S3::Bucket request.bucketName',
      why: 'the trail calls these operations by other names than the API does; all are settings of the bucket',
      example: {
        request: { bucketName: 'invoices', publicAccessBlock: '', Host: 's3.eu-west-1.amazonaws.com' },
        assets: ['update AWS::S3::Bucket invoices'],
      },
    },
})

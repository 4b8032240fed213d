import { overrides } from '../overrides.ts'

const ID = '0d1c2b3a-4958-6776-8594-a3b2c1d0e0f1'

export default overrides('kms', {
  ReplicateKey: {
    row: 'create AWS::KMS::Key response.replicaKeyMetadata.arn; update AWS::KMS::Key request.keyId',
    why: 'the replica is a key of its own in the region of its ARN, and the primary lists it; both have one id',
    example: {
      request: { keyId: 'mrk-1', replicaRegion: 'us-east-1' },
      response: { replicaKeyMetadata: { keyId: 'mrk-1', arn: 'arn:aws:kms:us-east-1:111122223333:key/mrk-1' } },
      assets: ['create AWS::KMS::Key mrk-1', 'update AWS::KMS::Key mrk-1'],
    },
  },
  'Encapsulate, Decapsulate': {
    row: 'none: data plane: uses an asset, does not change one',
    why: 'the key is used, as for encrypting',
    example: { request: { keyId: ID }, assets: [] },
  },
  'RotateKey, DeleteExpiredKeyMaterial, SynchronizeMultiRegionKey': {
    row: 'update AWS::KMS::Key details.keyId',
    why: 'KMS does these itself and names the key in the details of the event',
    example: {
      record: { eventType: 'AwsServiceEvent', serviceEventDetails: { keyId: ID } },
      assets: [`update AWS::KMS::Key ${ID}`],
    },
  },
  DeleteKey: {
    row: 'delete AWS::KMS::Key details.keyId',
    why: 'KMS deletes the key itself when the time of waiting is over, and names it in the details of the event',
    example: {
      record: { eventType: 'AwsServiceEvent', serviceEventDetails: { keyId: ID } },
      assets: [`delete AWS::KMS::Key ${ID}`],
    },
  },
})

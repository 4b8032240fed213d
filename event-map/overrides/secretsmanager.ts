import { overrides } from '../overrides.ts'

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/database-AbCdEf'

export default overrides('secretsmanager', {
  'PutSecretValue, UpdateSecretVersionStage, UpdateSecret, RotateSecret, CancelRotateSecret, RestoreSecret, PutResourcePolicy, DeleteResourcePolicy, ReplicateSecretToRegions, RemoveRegionsFromReplication, StopReplicationToReplica, AssociateCrossAccountReplica, DisassociateCrossAccountReplica':
    {
      row: 'update AWS::SecretsManager::Secret response.aRN,request.secretId',
      why: 'people ask by name, which lacks the letters that the ARN ends in; the answer has them',
      example: {
        request: { secretId: 'shop/database' },
        response: { arn: SECRET, name: 'shop/database' },
        assets: [`update AWS::SecretsManager::Secret ${SECRET}`],
      },
    },
  ValidateResourcePolicy: {
    row: 'none: a check',
    why: 'the policy is looked at and not kept',
    example: { request: { secretId: SECRET, resourcePolicy: '{}' }, assets: [] },
  },
})

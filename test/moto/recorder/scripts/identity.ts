import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  TagUserCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam'
import { CreateAliasCommand, CreateKeyCommand, EnableKeyRotationCommand, KMSClient } from '@aws-sdk/client-kms'
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  SecretsManagerClient,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager'
import type { Witness } from '../witness.ts'

const document = (...Statement: readonly unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement })

/** People, roles, keys and secrets. Resolves with a role's ARN. */
export async function identity(witness: Witness): Promise<string> {
  const iam = witness.site.client(IAMClient)
  const UserName = 'ada'
  await witness.sees('AWS::IAM::User', () => iam.send(new CreateUserCommand({ UserName })))
  await witness.sees('AWS::IAM::User', () =>
    iam.send(new TagUserCommand({ UserName, Tags: [{ Key: 'team', Value: 'shop' }] })),
  )
  const { AccessKey } = await witness.sees('AWS::IAM::AccessKey', () =>
    iam.send(new CreateAccessKeyCommand({ UserName })),
  )
  const AccessKeyId = AccessKey?.AccessKeyId
  await witness.sees('AWS::IAM::AccessKey', () =>
    iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' })),
  )
  await witness.sees('AWS::IAM::AccessKey', () => iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId })))
  await witness.sees('AWS::IAM::User', () => iam.send(new DeleteUserCommand({ UserName })))
  await witness.sees('AWS::IAM::Group', () => iam.send(new CreateGroupCommand({ GroupName: 'admins' })))
  const RoleName = 'worker'
  const trust = document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' })
  const { Role } = await witness.sees('AWS::IAM::Role', () =>
    iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust })),
  )
  const allow = document({ Effect: 'Allow', Action: 's3:*', Resource: '*' })
  await witness.sees('AWS::IAM::Role', () =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'buckets', PolicyDocument: allow })),
  )
  const { Policy } = await witness.sees('AWS::IAM::ManagedPolicy', () =>
    iam.send(new CreatePolicyCommand({ PolicyName: 'buckets', PolicyDocument: allow })),
  )
  await witness.sees('AWS::IAM::Role', () =>
    iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn })),
  )
  await witness.sees('AWS::IAM::InstanceProfile', () =>
    iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'worker' })),
  )

  const kms = witness.site.client(KMSClient)
  const { KeyMetadata } = await witness.sees('AWS::KMS::Key', () => kms.send(new CreateKeyCommand({})))
  await witness.sees('AWS::KMS::Key', () => kms.send(new EnableKeyRotationCommand({ KeyId: KeyMetadata?.KeyId })))
  await witness.sees('AWS::KMS::Alias', () =>
    kms.send(new CreateAliasCommand({ AliasName: 'alias/shop', TargetKeyId: KeyMetadata?.KeyId })),
  )

  const secrets = witness.site.client(SecretsManagerClient)
  const { ARN } = await witness.sees('AWS::SecretsManager::Secret', () =>
    secrets.send(new CreateSecretCommand({ Name: 'database', SecretString: 'hidden' })),
  )
  await witness.sees('AWS::SecretsManager::Secret', () =>
    secrets.send(new UpdateSecretCommand({ SecretId: ARN, Description: 'the shop' })),
  )
  await witness.sees('AWS::SecretsManager::Secret', () =>
    secrets.send(new DeleteSecretCommand({ SecretId: 'database', ForceDeleteWithoutRecovery: true })),
  )
  return Role?.Arn ?? ''
}

import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import {
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  CreateDBSubnetGroupCommand,
  RDSClient,
} from '@aws-sdk/client-rds'
import type { Site } from './clients.ts'
import { known } from './known.ts'
import type { Network } from './network.ts'
import { COMPANY, type ServicePlan } from './plan.ts'
import { tagList } from './tags.ts'

/** The key of a site, under which its buckets and secrets are encrypted. */
export async function createKey({ client }: Site): Promise<string> {
  const kms = client(KMSClient)
  const { KeyMetadata } = await kms.send(
    new CreateKeyCommand({
      Description: `Data of ${COMPANY}`,
      Tags: tagList('data', 'security').map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value })),
    }),
  )
  await kms.send(new CreateAliasCommand({ AliasName: `alias/${COMPANY}-data`, TargetKeyId: known(KeyMetadata?.KeyId) }))
  return known(KeyMetadata?.Arn)
}

/** The subnets that databases of a site may be in. */
export async function createDatabaseSubnets({ client }: Site, network: Network): Promise<string> {
  const DBSubnetGroupName = `${COMPANY}-data`
  await client(RDSClient).send(
    new CreateDBSubnetGroupCommand({
      DBSubnetGroupName,
      DBSubnetGroupDescription: 'Private subnets',
      SubnetIds: [...network.privateSubnets],
    }),
  )
  return DBSubnetGroupName
}

/** A database instance with a snapshot. */
export async function createDatabase(
  { client }: Site,
  service: ServicePlan,
  given: { network: Network; subnets: string; key: string },
): Promise<void> {
  const rds = client(RDSClient)
  const DBInstanceIdentifier = `${service.name}-db`
  const Tags = tagList(DBInstanceIdentifier, service.team)
  await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier,
      Engine: service.database ?? 'postgres',
      DBInstanceClass: 'db.r6g.large',
      AllocatedStorage: 200,
      MasterUsername: 'owner',
      MasterUserPassword: 'never-stored',
      MultiAZ: true,
      StorageEncrypted: true,
      KmsKeyId: given.key,
      DBSubnetGroupName: given.subnets,
      VpcSecurityGroupIds: [given.network.dataGroup],
      BackupRetentionPeriod: 14,
      Tags,
    }),
  )
  await rds.send(
    new CreateDBSnapshotCommand({
      DBInstanceIdentifier,
      DBSnapshotIdentifier: `${DBInstanceIdentifier}-before-upgrade`,
      Tags,
    }),
  )
}

/** A container service: its image repository, cluster, task definition and service. */
export async function createContainers({ client }: Site, service: ServicePlan, execution: string): Promise<void> {
  const [ecr, ecs] = [client(ECRClient), client(ECSClient)]
  const tags = tagList(service.name, service.team).map(({ Key, Value }) => ({ key: Key, value: Value }))
  const [{ repository }] = await Promise.all([
    ecr.send(
      new CreateRepositoryCommand({
        repositoryName: `${COMPANY}/${service.name}`,
        imageScanningConfiguration: { scanOnPush: true },
        tags: tagList(service.name, service.team),
      }),
    ),
    ecs.send(new CreateClusterCommand({ clusterName: service.name, tags })),
    ecs.send(
      new RegisterTaskDefinitionCommand({
        family: service.name,
        executionRoleArn: execution,
        containerDefinitions: [{ name: 'app', image: `${service.name}:1.42.0`, memory: 512, essential: true }],
      }),
    ),
  ])
  known(repository?.repositoryUri)
  await ecs.send(
    new CreateServiceCommand({
      cluster: service.name,
      serviceName: service.name,
      taskDefinition: service.name,
      desiredCount: 2,
      tags,
    }),
  )
}

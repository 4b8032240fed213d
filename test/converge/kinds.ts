import type { Kind } from './kind.ts'
import { instance, keyPair, launchTemplate, volume } from './kinds/compute.ts'
import { accessKey, group, managedPolicy, role, user } from './kinds/identity.ts'
import { hostedZone, recordSet } from './kinds/names.ts'
import { address, internetGateway, routeTable, securityGroup, subnet, vpc } from './kinds/network.ts'
import { database, lambda, logGroup, queue, repository, topic } from './kinds/platform.ts'
import { bucket, key, keyAlias, secret, table } from './kinds/storage.ts'

/** Everything that people do in this test. */
export const KINDS: readonly Kind[] = [
  ...[vpc, subnet, securityGroup, internetGateway, routeTable, address, instance, volume, keyPair, launchTemplate],
  ...[user, accessKey, role, managedPolicy, group, bucket, table, secret, key, keyAlias],
  ...[queue, topic, lambda, logGroup, repository, database, hostedZone, recordSet],
]

import { type ECSClient, type Failure, paginateListClusters } from '@aws-sdk/client-ecs'

/** ARNs of all clusters: services and tasks can only be listed cluster by cluster. */
export async function* clusterArns(client: ECSClient): AsyncGenerator<string> {
  for await (const page of paginateListClusters({ client, pageSize: 100 }, {})) yield* page.clusterArns ?? []
}

/** Why a describe call of ECS could not tell of an asset. `MISSING` means that it is not there; anything else, that it could not be read. */
export function missingOnly(failures: readonly Failure[] | undefined): void {
  const failed = failures?.find(failure => failure.reason !== 'MISSING')
  if (failed !== undefined)
    throw new Error(`ECS could not describe ${failed.arn}: ${failed.reason} ${failed.detail ?? ''}`.trim())
}

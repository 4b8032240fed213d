import { overrides } from '../overrides.ts'

export default overrides('elasticache', {
  'StartMigration, CompleteMigration': {
    row: 'update? AWS::ElastiCache::ReplicationGroup request.replicationGroupId; update? AWS::ElastiCache::ServerlessCache request.serverlessCacheName',
    why: 'the request names one or the other; its nodes are not what migrates',
    example: {
      request: { replicationGroupId: 'sessions', force: false },
      response: { memberClusters: ['sessions-001'], replicationGroupId: 'sessions' },
      assets: ['update AWS::ElastiCache::ReplicationGroup sessions'],
    },
  },
  'BatchApplyUpdateAction, BatchStopUpdateAction': {
    row: 'update? AWS::ElastiCache::ReplicationGroup request.replicationGroupIds[]; update? AWS::ElastiCache::CacheCluster request.cacheClusterIds[]',
    why: 'the request may name both kinds',
    example: {
      request: { serviceUpdateName: 'u', replicationGroupIds: ['sessions'], cacheClusterIds: ['jobs'] },
      assets: ['update AWS::ElastiCache::ReplicationGroup sessions', 'update AWS::ElastiCache::CacheCluster jobs'],
    },
  },
  CreateReplicationGroup: {
    row: 'create AWS::ElastiCache::ReplicationGroup request.replicationGroupId; create? AWS::ElastiCache::CacheCluster response..memberClusters',
    why: "the group's clusters have no events of their own",
    example: {
      request: { replicationGroupId: 'sessions', numCacheClusters: 2 },
      response: { replicationGroupId: 'sessions', memberClusters: ['sessions-001', 'sessions-002'] },
      assets: [
        'create AWS::ElastiCache::ReplicationGroup sessions',
        'create AWS::ElastiCache::CacheCluster sessions-001',
        'create AWS::ElastiCache::CacheCluster sessions-002',
      ],
    },
  },
  PurchaseReservedCacheNodesOffering: {
    row: 'create AWS::ElastiCache::ReservedInstance response..reservedCacheNodeId,request.reservedCacheNodeId',
    why: 'what is bought is new',
    example: {
      request: { reservedCacheNodesOfferingId: 'o-1' },
      response: { reservedCacheNodeId: 'ri-2026-11-01' },
      assets: ['create AWS::ElastiCache::ReservedInstance ri-2026-11-01'],
    },
  },
  ExportServerlessCacheSnapshot: {
    row: 'none: a run or a request, not an asset',
    why: 'a copy is written to a bucket; the snapshot stays as it is',
    example: { request: { serverlessCacheSnapshotName: 's', s3BucketName: 'exports' }, assets: [] },
  },
})

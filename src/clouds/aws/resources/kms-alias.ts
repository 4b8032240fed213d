import { type AliasListEntry, KMSClient, paginateListAliases } from '@aws-sdk/client-kms'
import { gather } from '../describe.ts'
import { defineResource, edges } from '../resource.ts'

export default defineResource<KMSClient, AliasListEntry>({
  type: 'AWS::KMS::Alias',
  title: 'KMS alias',
  service: 'kms',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['kms:ListAliases'],
  client: settings => new KMSClient(settings),
  async *list(client) {
    for await (const page of paginateListAliases({ client, pageSize: 100 }, {})) yield page.Aliases ?? []
  },
  /** No call takes an alias and speaks of the alias rather than of its key. */
  async describe(client, names) {
    const aliases = await gather(paginateListAliases({ client, pageSize: 100 }, {}), page => page.Aliases)
    const sought = new Set(names)
    return aliases.filter(alias => sought.has(alias.AliasName ?? ''))
  },
  gone: ['NotFoundException'],
  id: alias => alias.AliasName,
  arn: alias => alias.AliasArn,
  name: alias => alias.AliasName,
  edges: alias => edges('points-to', alias.TargetKeyId),
  example: {
    item: {
      AliasName: 'alias/invoices',
      AliasArn: 'arn:aws:kms:eu-west-1:111122223333:alias/invoices',
      TargetKeyId: '0d1c2b3a-4958-6776-8594-a3b2c1d0e0f1',
    },
    asset: {
      id: 'alias/invoices',
      arn: 'arn:aws:kms:eu-west-1:111122223333:alias/invoices',
      name: 'alias/invoices',
      edges: [{ kind: 'points-to', target: '0d1c2b3a-4958-6776-8594-a3b2c1d0e0f1' }],
    },
  },
})

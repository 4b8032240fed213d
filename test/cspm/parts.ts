import { loadCatalogue } from '../../src/clouds/aws/catalogue.ts'
import { explain } from '../../src/clouds/aws/explain.ts'
import { PartialStates } from '../../src/clouds/aws/partial-states.ts'
import type { AnyResourceType } from '../../src/clouds/aws/resource.ts'
import type { Calls } from '../../src/drivers/cspm/calls.ts'
import type { Config, Tags } from '../../src/model/asset.ts'
import {
  AccountId,
  type AssetId,
  type AssetIdentity,
  GLOBAL,
  Region,
  ResourceTypeName,
} from '../../src/model/identity.ts'
import type { Memory } from '../../src/ports/cloud.ts'
import type { PartialState, PartlyPresent, SourceReply } from '../../src/ports/live-source.ts'

export const catalogue: ReadonlyMap<string, AnyResourceType> = await loadCatalogue()
export const ACCOUNT = AccountId.parse('111122223333')
export const REGION = Region.parse('eu-west-1')

/** What the registry knows already. */
export class Known implements Memory {
  readonly assets = new Map<AssetId, { config: Config; tags: Tags }>()
  /** How often it was asked. */
  asked = 0

  async known(): Promise<Map<AssetId, { config: Config; tags: Tags }>> {
    this.asked++
    return this.assets
  }
}

export function statesOf(memory: Memory): PartialStates {
  return new PartialStates({ catalogue, secretKey: 'k', partition: 'aws', memory })
}

/** Calls to a simulator, without a budget. */
export function callsTo(endpoint: string): Calls {
  return {
    settings: async () => ({
      endpoint,
      region: REGION,
      credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' },
    }),
    explain(error, permissions) {
      const outcome = explain(error, permissions)
      return outcome.kind === 'denied' ? outcome : { kind: 'failed', detail: outcome.detail }
    },
  }
}

export function asset(type: string, nativeId: string, account = ACCOUNT): AssetIdentity {
  const region = type.startsWith('AWS::IAM::') ? GLOBAL : REGION
  return { provider: 'aws', account, region, type: ResourceTypeName.parse(type), nativeId }
}

export function told(reply: SourceReply): readonly PartialState[] {
  if (reply.kind !== 'answered') throw new Error(JSON.stringify(reply))
  return reply.states
}

export function presentOf(state: PartialState | undefined): PartlyPresent {
  if (state?.state.kind !== 'present') throw new Error(JSON.stringify(state))
  return state.state
}

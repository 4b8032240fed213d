import type { Actor } from '../../../model/actor.ts'
import type { Outcome } from '../../../model/change.ts'
import type { CloudTrailRecord } from '../../../model/cloudtrail.ts'
import { actorReader } from './actor.ts'
import { linkOf, RoleChain } from './role-chain.ts'

/** What AWS knows about its own records: the event map says what they touch, the role chain who is behind them. */
export interface TrailClassifier {
  key(record: CloudTrailRecord): string
  outcome(record: CloudTrailRecord): Outcome
  actors(records: readonly CloudTrailRecord[]): readonly Actor[]
}

/** A classifier of CloudTrail records around the resolver of an event map. The chain remembers across batches. */
export function trailClassifier(
  outcome: (record: CloudTrailRecord) => Outcome,
  chain: RoleChain = new RoleChain(),
): TrailClassifier {
  const actorOf = actorReader()
  return {
    key: record => `${record.eventSource}:${record.eventName}`,
    outcome,
    actors(records) {
      const actors = records.map(actorOf)
      const links = records.flatMap((record, at) => {
        const actor = actors[at]
        const link = actor && linkOf(record, actor)
        return link ? [link] : []
      })
      chain.learn(links)
      return chain.join(actors)
    },
  }
}

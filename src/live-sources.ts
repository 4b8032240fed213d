import type { Aws } from './compose.ts'
import type { Config } from './config.ts'
import type { Calls } from './drivers/cspm/calls.ts'
import type { AccountId, Region } from './model/identity.ts'
import type { Memory } from './ports/cloud.ts'
import type { LiveSource } from './ports/live-source.ts'

export interface LiveSourcesParts {
  readonly config: Config
  readonly memory: Memory
  /** Keys the digests of secret values. */
  secretKey(): Promise<string>
  /** Opens it, if nobody has yet. Only what is in AWS needs it. */
  aws(): Promise<Aws>
}

export interface LiveSources extends AsyncDisposable {
  /** In the order in which they are asked: what reads the cloud itself before what read it some time. */
  readonly sources: readonly LiveSource[]
}

/** Of what is told without its partition. */
const PARTITION = 'aws'

/** The other places that the configuration names. What they need is loaded and opened when an answer first needs it. */
export async function openLiveSources({ config, memory, secretKey, aws }: LiveSourcesParts): Promise<LiveSources> {
  const { steampipe, cspm, freshness } = config
  const states = once(async () => {
    const [{ PartialStates }, { loadCatalogueWith }] = await Promise.all([
      import('./clouds/aws/partial-states.ts'),
      import('./clouds/aws/catalogue.ts'),
    ])
    const catalogue = await loadCatalogueWith(config.aws.cloudControl)
    return new PartialStates({ catalogue, secretKey: await secretKey(), partition: PARTITION, memory })
  })
  const understand = async (...given: Parameters<Awaited<ReturnType<typeof states>>['understand']>) =>
    (await states()).understand(...given)

  const sources: LiveSource[] = []
  await using opened = new AsyncDisposableStack()
  if (steampipe !== undefined) {
    const { Steampipe } = await import('./drivers/steampipe/steampipe.ts')
    const timeoutMs = freshness.limit
    sources.push(opened.use(new Steampipe({ ...steampipe, timeoutMs, understand, now: Date.now })))
  }
  if (cspm.awsConfig !== undefined) {
    const [{ ConfigAggregator }, { toldByConfig: respell }] = await Promise.all([
      import('./drivers/cspm/config-aggregator.ts'),
      import('./clouds/aws/sources/config-told.ts'),
    ])
    const { aggregator, ...where } = cspm.awsConfig
    sources.push(new ConfigAggregator({ aggregator, calls: await callsTo('config', where, aws), respell, understand }))
  }
  if (cspm.securityHub !== undefined) {
    const { SecurityHub } = await import('./drivers/cspm/security-hub.ts')
    const calls = await callsTo('securityhub', cspm.securityHub, aws)
    sources.push(new SecurityHub({ calls, understand, arnsOf: async assets => (await states()).arnsOf(assets) }))
  }
  const lifetime = opened.move()
  return { sources, [Symbol.asyncDispose]: () => lifetime.disposeAsync() }
}

interface Where {
  readonly account?: AccountId | undefined
  readonly region?: Region | undefined
}

/** Calls like those of scans: under the same budget, with the same role. */
async function callsTo(service: string, { account, region }: Where, aws: () => Promise<Aws>): Promise<Calls> {
  const { explain } = await import('./clouds/aws/explain.ts')
  return {
    async settings(signal) {
      const opened = await aws()
      return opened.settingsFor(account ?? opened.own, region ?? opened.settings.region, service, signal)
    },
    explain(error, permissions) {
      const outcome = explain(error, permissions)
      return outcome.kind === 'denied' ? outcome : { kind: 'failed', detail: outcome.detail }
    },
  }
}

/** The first call's result for all; a failure is not kept. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let making: Promise<T> | undefined
  return () => {
    making ??= make().catch(error => {
      making = undefined
      throw error
    })
    return making
  }
}

import type { Aws } from '../compose.ts'
import type { Config } from '../config.ts'
import type { Calls } from '../drivers/cspm/calls.ts'
import { messageOf } from '../model/fault.ts'
import type { AccountId, Region } from '../model/identity.ts'
import type { Memory } from '../ports/cloud.ts'
import type { LiveSource } from '../ports/live-source.ts'

export interface LiveSourcesParts {
  readonly config: Config
  readonly memory: Memory
  /** Keys the digests of secret values. */
  secretKey(): Promise<string>
  /** Opens it, if nobody has yet. Only what is in AWS needs it. */
  aws(): Promise<Aws>
  /** For whoever runs this: what a source said that failed, which may name what not everybody may see. */
  note(text: string): void
}

export interface LiveSources extends AsyncDisposable {
  /** In the order in which they are asked: what reads the cloud itself before what read it some time. */
  readonly sources: readonly LiveSource[]
}

/** Of what is told without its partition. */
const PARTITION = 'aws'

/** The other places that the configuration names. What they need is loaded and opened when an answer first needs it. */
export async function openLiveSources({
  config,
  memory,
  secretKey,
  aws,
  note,
}: LiveSourcesParts): Promise<LiveSources> {
  const { steampipe, cspm, freshness } = config
  const states = once(async () => {
    const [{ PartialStates }, { loadCatalogueWith }] = await Promise.all([
      import('../clouds/aws/partial-states.ts'),
      import('../clouds/aws/catalogue.ts'),
    ])
    const catalogue = await loadCatalogueWith(config.aws.cloudControl)
    return new PartialStates({ catalogue, secretKey: await secretKey(), partition: PARTITION, memory })
  })
  const understand = async (...given: Parameters<Awaited<ReturnType<typeof states>>['understand']>) =>
    (await states()).understand(...given)

  const told = sometimes(note)
  const sources: LiveSource[] = []
  await using opened = new AsyncDisposableStack()
  if (steampipe !== undefined) {
    const { Steampipe } = await import('../drivers/steampipe/steampipe.ts')
    const onFault = (error: unknown) => told(`steampipe: ${messageOf(error)}`)
    const settings = { ...steampipe, timeoutMs: freshness.limit, understand, onFault, now: Date.now }
    sources.push(opened.use(new Steampipe(settings)))
  }
  if (cspm.awsConfig !== undefined) {
    const [{ ConfigAggregator }, { toldByConfig: respell }] = await Promise.all([
      import('../drivers/cspm/config-aggregator.ts'),
      import('../clouds/aws/sources/config-told.ts'),
    ])
    const { aggregator, ...where } = cspm.awsConfig
    sources.push(
      new ConfigAggregator({ aggregator, calls: await callsTo('config', where, { aws, told }), respell, understand }),
    )
  }
  if (cspm.securityHub !== undefined) {
    const { SecurityHub } = await import('../drivers/cspm/security-hub.ts')
    const calls = await callsTo('securityhub', cspm.securityHub, { aws, told })
    sources.push(new SecurityHub({ calls, understand, arnsOf: async assets => (await states()).arnsOf(assets) }))
  }
  const lifetime = opened.move()
  return { sources, [Symbol.asyncDispose]: () => lifetime.disposeAsync() }
}

interface Where {
  readonly account?: AccountId | undefined
  readonly region?: Region | undefined
}

interface Through {
  aws(): Promise<Aws>
  told(text: string): void
}

/** Calls like those of scans: under the same budget, with the same role. AWS's own words name roles and accounts: they are for the log. */
async function callsTo(service: string, { account, region }: Where, { aws, told }: Through): Promise<Calls> {
  const { explain } = await import('../clouds/aws/explain.ts')
  return {
    async settings(signal) {
      const opened = await aws()
      return opened.settingsFor(account ?? opened.own, region ?? opened.settings.region, service, signal)
    },
    explain(error, permissions) {
      told(`${service}: ${messageOf(error)}`)
      const outcome = explain(error, permissions)
      const detail = `${error instanceof Error ? error.name : 'it failed'}: what it said is in the log`
      return outcome.kind === 'denied' ? { kind: 'denied', detail, needs: outcome.needs } : { kind: 'failed', detail }
    },
  }
}

/** How long the same words are not said again. */
const QUIET_MS = 60_000

/** Says the same no more than once in a while: everybody who asks would hear of one failure. */
function sometimes(say: (text: string) => void): (text: string) => void {
  let last = { text: '', at: Number.NEGATIVE_INFINITY }
  return text => {
    if (text === last.text && performance.now() - last.at < QUIET_MS) return
    last = { text, at: performance.now() }
    say(text)
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

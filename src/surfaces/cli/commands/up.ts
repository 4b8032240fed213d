import { parseArgs } from 'node:util'
import { openChats } from '../../../compose/chats.ts'
import { type Live, openAccess, openLive, openRouting } from '../../../compose.ts'
import { ListenAddress } from '../../../config.ts'
import type { Progress } from '../../../flows/scan.ts'
import { messageOf } from '../../../model/fault.ts'
import { keepUpToDate } from '../../../pipeline.ts'
import { serveLive } from '../../http/serve-live.ts'
import { type Command, EXIT, type Terminal, UsageError } from '../command.ts'
import { lastChangeOf } from '../last-change.ts'
import { showStatus } from '../live-status.ts'
import { nowAndThen } from '../now-and-then.ts'
import { safe } from '../safe.ts'
import { reportProblems, scanSummary } from '../scan-report.ts'

export default {
  name: 'up',
  summary: 'Keep the registry up to date: take in events, scan on a cadence, until stopped.',
  help: `cadastre up: keeps the registry up to date until stopped.

Usage: cadastre up [--listen ADDRESS:PORT]

  --listen  where the API (/docs), /healthz, /metrics and pushed events are served (127.0.0.1:7475; port 0: any that is free)

Takes in the events of the SQS queues in CADASTRE_AWS_QUEUES (or "aws": {"queues": […]} in cadastre.json): a change is known within
seconds, with who made it. docs/events.md connects an organisation in ten minutes. Without events, scans alone find changes.

Scans what bears IP addresses every hour, IAM, S3 and DNS every six hours, everything else every twelve, spread over time; the file
cadastre.json in the data folder changes that ({"aws": {"cadences": {"addresses": "30m"}}}). What is due follows from the
registry, so a restart goes on where the last process ended. Ctrl-C stops it; nothing is lost.

Serves what \`cadastre serve\` does: questions over HTTP and MCP, and in Slack and Mattermost where their tokens are set.

  cadastre up
  CADASTRE_AWS_QUEUES=https://sqs.eu-west-1.amazonaws.com/111122223333/cadastre-events cadastre up
  cadastre up --listen 127.0.0.1:9100
`,
  flags: ['--listen'],
  async run(args, terminal) {
    const { listen } = parsed(args)
    const say = nowAndThen(text => terminal.note(`${new Date().toISOString()} ${text}`), Date.now)
    const told = (error: unknown, what: string) => {
      if (!terminal.signal.aborted) say(`${what}: ${safe(messageOf(error))}`)
    }
    const note = (text: string) => terminal.note(text.split('\n').map(safe).join('\n'))
    await using live = await openLive(terminal.environment, {
      note,
      onFault: (error, source) => told(error, source ?? 'events wait, and are tried again'),
      onWait: () => say('another `cadastre up` reads events into this store; this one takes over when it ends'),
    })
    const scans = { scopes: 0, scopesKnown: 0, assets: 0, denied: 0, failed: 0, skipped: 0 }
    const totals = { scans, startedAt: live.clock.now() }
    const onFault = (error: unknown) => told(error, 'answering over HTTP')
    using routing = await openRouting(live.config, live.database, { note, cloud: live.cloud })
    await using access = await openAccess(live.config, live.database, { note, onFault, answer: routing.answer })
    const onChatFault = (error: unknown) => told(error, 'answering in chats')
    await using chats = await openChats(live.config, access.asker, { note, onFault: onChatFault })
    const { slack, mattermost } = chats
    const asked = { log: access.log, chats: { slack, mattermost } }
    const watching = { asker: access.asker, more: chats.routes, asked, onFault, totals }
    await using server = await served(live, listen, terminal, watching)
    terminal.note(
      `${sourcesText(live)}\n${server === undefined ? '' : `Questions: ${server.url}/docs. Health and metrics: ${server.url}/healthz. `}Ctrl-C stops.`,
    )
    await keepGoing(live, terminal, { told, scans })
    terminal.note('Stopped. What was taken in is stored; what was not comes again.')
    return EXIT.found
  },
} satisfies Command

type Scans = Record<'scopes' | 'scopesKnown' | 'assets' | 'denied' | 'failed' | 'skipped', number>

async function keepGoing(
  live: Live,
  terminal: Terminal,
  { told, scans }: { told(error: unknown, what: string): void; scans: Scans },
): Promise<void> {
  const { clock, database } = live
  const before = { ...scans }
  let roundAt = clock.now()
  let round: Progress | undefined
  const count = (progress: Progress) => {
    for (const key of Object.keys(scans) as (keyof Scans)[]) scans[key] = before[key] + progress[key]
  }
  await using _ = showStatus(live, terminal, {
    scan: () => (round === undefined ? undefined : scanText(round)),
    lastChange: () => lastChangeOf(database),
  })
  await keepUpToDate(live, {
    signal: terminal.signal,
    onProgress(progress) {
      round = progress
      count(progress)
    },
    async onRound(progress) {
      count(progress)
      Object.assign(before, scans)
      round = undefined
      if (progress.scopes > 0) {
        terminal.note(`${new Date(clock.now()).toISOString()} ${scanSummary(progress)}`)
        await reportProblems(database, roundAt, terminal)
      }
      roundAt = clock.now()
    },
    onFault(error, doing) {
      round = undefined
      told(
        error,
        doing === 'scan' ? 'this round did not finish, the next one goes on' : 'the search index waits and tries again',
      )
    },
  })
}

/** `scanning 42 % of 1,200 scopes` */
function scanText({ scopes, scopesKnown }: Progress): string | undefined {
  if (scopesKnown === 0) return undefined
  return `scanning ${Math.floor((100 * scopes) / scopesKnown)} % of ${scopesKnown.toLocaleString('en')} scopes`
}

function sourcesText({ intake }: Live): string {
  const names = intake.sources.map(({ name }) => safe(name))
  if (names.length === 0)
    return 'Scanning on a cadence. No events are connected: docs/events.md does that in ten minutes, and then changes are known within seconds.'
  return `Following events (${names.join(', ')}), and scanning on a cadence.`
}

/** Where nobody asked for an address, one that is taken is no reason not to begin. */
async function served(
  live: Live,
  listen: ListenAddress | undefined,
  terminal: Terminal,
  watching: Parameters<typeof serveLive>[2],
) {
  try {
    return await serveLive(live, listen ?? live.config.http.listen, watching)
  } catch (error) {
    if (listen !== undefined || live.push !== undefined) throw error
    terminal.note(`Without the API, health and metrics: ${safe(messageOf(error))}`)
    return undefined
  }
}

function parsed(args: readonly string[]): { listen: ListenAddress | undefined } {
  let given: string | undefined
  try {
    given = parseArgs({ args: [...args], options: { listen: { type: 'string' } }, allowPositionals: false }).values
      .listen
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
  if (given === undefined) return { listen: undefined }
  const address = ListenAddress.safeParse(given)
  if (!address.success) throw new UsageError(`--listen takes ${address.error.issues[0]?.message}`)
  return { listen: address.data }
}

import { join, relative } from 'node:path'
import { openStore } from '../src/compose.ts'
import { EXIT, type ExitCode, type Terminal } from '../src/surfaces/cli/command.ts'
import { startProgress } from '../src/surfaces/cli/progress.ts'
import { startRecorder } from '../test/moto/recorder/recorder.ts'
import { MANAGEMENT_ACCOUNT, startMoto } from '../test/moto/server.ts'
import { changeThings, protagonists } from './changes.ts'
import { enterDemo, exportsFor } from './environment.ts'
import { connectEvents, createEventQueue } from './events.ts'
import { takeFolder } from './folder.ts'
import { Stage } from './life/deed.ts'
import { STORIES } from './life/life.ts'
import { Days } from './live/days.ts'
import { startPipeline } from './live/pipeline.ts'
import { buildOrganisation, type Organisation } from './organisation/build.ts'
import { Clients, MANAGEMENT_CREDENTIALS } from './organisation/clients.ts'
import { planOrganisation } from './organisation/plan.ts'
import { scanned, Tour, WrongAnswer } from './tour.ts'
import { firstSteps, historySteps, laterSteps, liveSteps } from './tour-steps.ts'

const ROOT = join(import.meta.dirname, '..')
const HOME = join(ROOT, '.demo')
const READ_ROLE = 'cadastre-read'
/** The simulator has no quota to save, and the person is waiting. */
const BUDGET = { default: { callsPerSecond: 500, burst: 500 } }
/** Whose key Cadastre has in the demo. */
const CADASTRE_ITSELF = { [MANAGEMENT_CREDENTIALS.accessKeyId]: { userName: 'cadastre' } }

/**
 * Builds a company, scans it, follows its changes, and asks; each answer and each change is checked, and a wrong one is exit code 1.
 * Without `once`, the company goes on living, for the person to watch and to ask about, until Ctrl-C.
 */
export async function runDemo({ once }: { readonly once: boolean }, terminal: Terminal): Promise<ExitCode> {
  try {
    await play(once, terminal)
    return EXIT.found
  } catch (error) {
    if (terminal.signal.aborted) return EXIT.nothing
    if (!(error instanceof WrongAnswer)) throw error
    terminal.note(error.message)
    return EXIT.nothing
  }
}

async function play(once: boolean, terminal: Terminal): Promise<void> {
  const startedAt = Date.now()
  await using _folder = await takeFolder(HOME)
  await using moto = await startMoto({ log: join(HOME, 'moto.log'), signal: terminal.signal })
  await using recorder = await startRecorder(moto.endpoint, { users: CADASTRE_ITSELF })
  using clients = new Clients(recorder.endpoint)
  const plan = planOrganisation()
  const queue = await createEventQueue(clients)
  const environment = await enterDemo(HOME, {
    endpoint: recorder.endpoint,
    roleName: READ_ROLE,
    regions: [...plan.regions],
    queues: [queue],
    budget: BUDGET,
  })
  // Open for as long as the demo lives, so that each command finds the server running.
  await using _store = await openStore(environment)
  const stage = new Stage(await build(clients, terminal), clients)
  const tour = new Tour({ ...terminal, environment }, startedAt)

  await tour.run(scanned('Cadastre reads all accounts for the first time.'))
  for (const step of firstSteps(stage.organisation)) await tour.run(step)
  const trail = await connectEvents(recorder, stage.organisation, { moto: moto.endpoint, queue })
  for (const step of historySteps(stage.organisation, trail)) await tour.run(step)

  const before = new Date()
  await using pipeline = await startPipeline({ ...terminal, environment })
  await using days = await Days.begin(stage, { pipeline, records: recorder.records, terminal })
  await tour.say(
    'From now on Cadastre follows what happens, and nobody has to scan. Somebody works in these accounts: an address moves, a key is rotated, a bucket loses its encryption, an instance is terminated.',
  )
  const changes = await days.watched(() => changeThings(stage))
  for (const step of laterSteps(stage.organisation, changes, before)) await tour.run(step)
  await tour.say(
    `The company at work: ${STORIES.length} changes, each with its author, and how long it took to be known.`,
  )
  await days.checked(STORIES.length)
  for (const step of liveSteps(stage.organisation)) await tour.run(step)
  await tour.end()
  if (once) return
  await terminal.write(inAnotherShell(stage.organisation))
  await days.forEver('Ask in another shell, as shown above; for instance: cadastre who kofi.evans · Ctrl-C ends it')
  terminal.note(
    `Stopped. What is known stays in ${relative(process.cwd(), HOME)}, to be asked as before; the next demo begins anew.`,
  )
}

async function build(clients: Clients, terminal: Terminal): Promise<Organisation> {
  using progress = startProgress(terminal, 'Building a company')
  const organisation = await buildOrganisation(clients, {
    management: MANAGEMENT_ACCOUNT,
    readRole: READ_ROLE,
    signal: terminal.signal,
    onProgress: (done, total) => progress.update({ done, total }),
  })
  progress.finish(`${organisation.accounts.size + 1} accounts in ${organisation.plan.regions.length} regions`)
  return organisation
}

function inAnotherShell(organisation: Organisation): string {
  const exports = Object.entries(exportsFor(relative(process.cwd(), HOME))).map(([name, value]) => `${name}=${value}`)
  const { group } = protagonists(organisation)
  return [
    '',
    'The company goes on working. Ask about it in another shell, in this folder:',
    '',
    `  export ${exports.join(' ')}`,
    '  alias cadastre="node bin/cadastre.js"',
    '',
    '  cadastre changes --follow',
    '  cadastre who kofi.evans',
    `  cadastre timeline ${group}`,
    '  cadastre where 10.20.0.0/16',
    '  cadastre status',
    '',
    'Ctrl-C here ends it all.',
    '',
    '',
  ].join('\n')
}

import { join, relative } from 'node:path'
import { openStore } from '../src/compose.ts'
import { EXIT, type ExitCode, type Terminal } from '../src/surfaces/cli/command.ts'
import { startProgress } from '../src/surfaces/cli/progress.ts'
import { startRecorder } from '../test/moto/recorder/recorder.ts'
import { MANAGEMENT_ACCOUNT, startMoto } from '../test/moto/server.ts'
import { changeThings } from './changes.ts'
import { enterDemo, exportsFor } from './environment.ts'
import { takeFolder } from './folder.ts'
import { Stage } from './life/deed.ts'
import { buildOrganisation, type Organisation } from './organisation/build.ts'
import { Clients, MANAGEMENT_CREDENTIALS } from './organisation/clients.ts'
import { planOrganisation } from './organisation/plan.ts'
import { scanned, Tour, WrongAnswer } from './tour.ts'
import { firstSteps, laterSteps } from './tour-steps.ts'

const ROOT = join(import.meta.dirname, '..')
const HOME = join(ROOT, '.demo')
const READ_ROLE = 'cadastre-read'
/** The simulator has no quota to save, and the person is waiting. */
const BUDGET = { default: { callsPerSecond: 500, burst: 500 } }
/** Whose key Cadastre has in the demo. */
const CADASTRE_ITSELF = { [MANAGEMENT_CREDENTIALS.accessKeyId]: { userName: 'cadastre' } }

/**
 * Builds a company, scans it, changes it, scans again, and asks; each answer is checked, and a wrong one is exit code 1. Without
 * `once`, the company stays up for the person's own questions until Ctrl-C.
 */
export async function runDemo({ once }: { readonly once: boolean }, terminal: Terminal): Promise<ExitCode> {
  try {
    await show(once, terminal)
    return EXIT.found
  } catch (error) {
    if (terminal.signal.aborted) return EXIT.nothing
    if (!(error instanceof WrongAnswer)) throw error
    terminal.note(error.message)
    return EXIT.nothing
  }
}

async function show(once: boolean, terminal: Terminal): Promise<void> {
  const startedAt = Date.now()
  await using _folder = await takeFolder(HOME)
  await using moto = await startMoto({ log: join(HOME, 'moto.log'), signal: terminal.signal })
  await using recorder = await startRecorder(moto.endpoint, { users: CADASTRE_ITSELF })
  using clients = new Clients(recorder.endpoint)
  const plan = planOrganisation()
  const environment = await enterDemo(HOME, {
    endpoint: recorder.endpoint,
    roleName: READ_ROLE,
    regions: [...plan.regions],
    budget: BUDGET,
  })
  // Open for as long as the demo lives, so that each command finds the server running.
  await using _store = await openStore(environment)
  const organisation = await build(clients, terminal)
  await guide(new Tour({ ...terminal, environment }, startedAt), new Stage(organisation, clients))
  if (!once) await stayUp(organisation, terminal)
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

async function guide(tour: Tour, stage: Stage): Promise<void> {
  const { organisation } = stage
  await tour.run(scanned('Cadastre reads all accounts for the first time.'))
  const before = new Date()
  for (const step of firstSteps(organisation)) await tour.run(step)
  await tour.say(
    'Now somebody works in these accounts: an address moves, a key is rotated, a bucket loses its encryption, an instance is terminated.',
  )
  const changes = await changeThings(stage)
  await tour.run(scanned('Cadastre reads them again.'))
  for (const step of laterSteps(organisation, changes, before)) await tour.run(step)
  await tour.end()
}

async function stayUp({ plan }: Organisation, terminal: Terminal): Promise<void> {
  const exports = Object.entries(exportsFor(relative(process.cwd(), HOME))).map(([name, value]) => `${name}=${value}`)
  await terminal.write(
    [
      '',
      'The company stays up for your own questions. In another shell, in this folder:',
      '',
      `  export ${exports.join(' ')}`,
      '  alias cadastre="node bin/cadastre.js"',
      '',
      '  cadastre status',
      `  cadastre where 10.20.0.0/16`,
      `  cadastre dns checkout.${plan.domain}`,
      '  cadastre search --type AWS::RDS::DBInstance',
      '  cadastre scan',
      '',
      'Ctrl-C here ends it all.',
      '',
    ].join('\n'),
  )
  if (terminal.signal.aborted) return
  await new Promise<void>(resolve => {
    terminal.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  terminal.note('Stopping the company.')
}

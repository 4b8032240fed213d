// The product as `up` composes it, over a simulated cloud, until it is killed: `realtime-worker.ts SETTINGS`. Says on standard output how
// many events each transaction stored.
import { instanceCloud } from '../../bench/inputs/instance-cloud.ts'
import { loadEventMap } from '../../src/clouds/aws/event-map/load.ts'
import { IncomingReader } from '../../src/clouds/aws/sources/incoming.ts'
import { sqsQueue } from '../../src/clouds/aws/sources/sqs-queue.ts'
import { TrailFiles } from '../../src/clouds/aws/sources/trail-files.ts'
import { registryOf } from '../../src/compose.ts'
import { Intake } from '../../src/flows/intake.ts'
import { Refresher } from '../../src/flows/refresh.ts'
import { systemClock } from '../../src/ports/clock.ts'
import { Database } from '../../src/store/database.ts'
import { storeEvents } from '../../src/store/events/store-events.ts'
import { refreshStoreOf } from '../../src/store/refreshes.ts'
import { ACCOUNTS, askMachines } from './realtime-cloud.ts'
import type { WorkerSettings } from './realtime-pipeline.ts'

const VISIBILITY_SECONDS = 5
const WAIT_SECONDS = 1

const { url, home = '', endpoint, queue, cloud: machines } = JSON.parse(process.argv[2] ?? '{}') as WorkerSettings
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())

await using database = await Database.open(url === undefined ? { kind: 'embedded', home } : { kind: 'url', url })
const cloud = instanceCloud(ACCOUNTS, ids => askMachines(machines, ids))
const settings = {
  region: 'eu-west-1',
  credentials: async () => ({ accessKeyId: 'chaos', secretAccessKey: 'chaos' }),
  endpoint,
}
const reader = new IncomingReader({ map: loadEventMap(), roleName: 'cadastre' })
const source = sqsQueue({
  url: queue,
  settings,
  reader,
  clock: systemClock,
  files: new TrailFiles(settings, reader),
  waitSeconds: WAIT_SECONDS,
  visibilitySeconds: VISIBILITY_SECONDS,
})
const clock = systemClock
const onFault = () => {} // That things fail is what this is about; what comes of it is judged at the end.
const refresher = new Refresher(cloud, registryOf(database, 'aws'), refreshStoreOf(database), { clock, onFault })
const intake = new Intake([source], {
  store: {
    async store(incoming, receivedAt) {
      const stored = await storeEvents(database, incoming, receivedAt)
      process.stdout.write(`${stored.fresh.length}\n`)
      return stored
    },
  },
  refresher,
  clock,
  onFault,
})
await Promise.all([intake.run(stop.signal), refresher.run(stop.signal)])

import { openWorld } from '../../../compose.ts'
import { following } from '../../../flows/following.ts'
import { keepScanning } from '../../../flows/up.ts'
import { messageOf } from '../../../model/fault.ts'
import { triedScopes } from '../../../store/scopes.ts'
import { thinSightings } from '../../../store/thin-sightings.ts'
import { type Command, EXIT, UsageError } from '../command.ts'
import { progressLine } from '../progress.ts'
import { safe } from '../safe.ts'
import { reportProblems, scanStep, scanSummary } from '../scan-report.ts'

export default {
  name: 'up',
  summary: 'Keep the registry fresh: scan on a cadence until stopped.',
  help: `cadastre up: keeps the registry fresh until stopped.

Usage: cadastre up

Reads what bears IP addresses every hour, IAM, S3 and DNS every six hours, everything else every twelve, spread over time; the file
cadastre.json in the data folder changes that ({"aws": {"cadences": {"addresses": "30m"}}}). What is due follows from
the registry, so a restart goes on where the last process ended. Ctrl-C stops it; nothing is lost.
`,
  flags: [],
  async run(args, terminal) {
    if (args.length > 0) throw new UsageError(`up takes no ${args[0]}`)
    await using world = await openWorld(terminal.environment, text => terminal.note(text))
    await using _ = following(world.search, world.clock, terminal.signal, error => {
      terminal.status('')
      terminal.note(
        `${new Date(world.clock.now()).toISOString()} the search index waits and tries again: ${safe(messageOf(error))}`,
      )
    })
    terminal.note('Keeping the registry fresh. Ctrl-C stops.')
    let roundAt = world.clock.now()
    await keepScanning(world.cloud, world.registry, account => triedScopes(world.database, account), {
      clock: world.clock,
      signal: terminal.signal,
      onProgress(progress) {
        if (terminal.isNoteTerminal && progress.scopesKnown > 0) {
          terminal.status(
            progressLine('Scanning', scanStep(progress), world.clock.now() - roundAt).slice(0, terminal.width - 1),
          )
        }
      },
      async onRound(progress) {
        terminal.status('')
        if (progress.scopes > 0) {
          terminal.note(`${new Date(world.clock.now()).toISOString()} ${scanSummary(progress)}`)
          await reportProblems(world.database, roundAt, terminal)
        }
        if (terminal.isNoteTerminal) terminal.status('Watching; the next scopes fall due by themselves. Ctrl-C stops.')
        await thinSightings(world.database, world.clock.now(), terminal.signal)
        roundAt = world.clock.now()
      },
      onFault(error) {
        terminal.status('')
        terminal.note(
          `${new Date(world.clock.now()).toISOString()} this round did not finish, the next one goes on: ${safe(messageOf(error))}`,
        )
      },
    })
    terminal.status('')
    return EXIT.found
  },
} satisfies Command

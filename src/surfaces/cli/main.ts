import { run } from './run.ts'
import { processTerminal } from './terminal.ts'

// The exit code is set, not forced, so that what is still being written reaches its reader.
const code = await run(process.argv.slice(2), processTerminal())
process.exitCode ??= code

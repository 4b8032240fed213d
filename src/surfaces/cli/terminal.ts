import type { Terminal } from './command.ts'

const WIDTH_IN_PIPE = 100

/**
 * The terminal of this process. Ctrl-C and SIGTERM abort its signal, so that what runs can end well; a second Ctrl-C
 * ends the process. A reader that goes away (`| head`) aborts it too.
 */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process
  const controller = new AbortController()
  const stop = (code: number) => {
    if (controller.signal.aborted) process.exit(code)
    process.exitCode = code
    controller.abort()
  }
  process.on('SIGINT', () => stop(130))
  process.on('SIGTERM', () => stop(143))
  for (const stream of [stdout, stderr]) {
    stream.on('error', error => {
      if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
      controller.abort()
    })
  }
  let isShown = false
  const erase = () => {
    if (isShown) stderr.write('\r\u001b[2K')
    isShown = false
  }
  return {
    stdin,
    write: text => new Promise(resolve => stdout.write(text, () => resolve())),
    note: text => {
      erase()
      stderr.write(text.endsWith('\n') ? text : `${text}\n`)
    },
    status: line => {
      erase()
      if (stderr.isTTY !== true || line === '') return
      stderr.write(line)
      isShown = true
    },
    isTerminal: stdout.isTTY === true,
    isNoteTerminal: stderr.isTTY === true,
    width: stdout.columns ?? WIDTH_IN_PIPE,
    environment: process.env,
    signal: controller.signal,
  }
}

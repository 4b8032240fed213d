import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What making the inputs has left behind is not for the measured work to clear away. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}

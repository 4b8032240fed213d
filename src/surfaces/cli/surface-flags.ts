import type { AnyQuestion } from '../../questions/question.ts'
import type { SurfaceFlags } from '../line/input.ts'

/** What the command line takes besides a question's own flags: in which form the answer is wanted, and from where. */
export function surfaceFlags(question: AnyQuestion): SurfaceFlags {
  return { ...(question.follow !== undefined && { follow: 'boolean' }), live: 'boolean', json: 'boolean' }
}

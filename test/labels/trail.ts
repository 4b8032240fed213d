import type { Label } from './label.ts'
import { TRAIL_A_K_LABELS } from './trail-a-k.ts'
import { TRAIL_EC2_LABELS } from './trail-ec2.ts'
import { TRAIL_L_Z_LABELS } from './trail-l-z.ts'

/** Every successful write in the real records, labelled by hand from what the AWS documentation says the call does. */
export const TRAIL_LABELS: readonly Label[] = [...TRAIL_EC2_LABELS, ...TRAIL_A_K_LABELS, ...TRAIL_L_Z_LABELS]

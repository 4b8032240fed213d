import { COMPUTE } from '../labels/hand-written/compute.ts'
import { EC2 } from '../labels/hand-written/ec2.ts'
import { EC2_MORE } from '../labels/hand-written/ec2-more.ts'
import { IDENTITY } from '../labels/hand-written/identity.ts'
import { NETWORK } from '../labels/hand-written/network.ts'
import { ODDITIES } from '../labels/hand-written/oddities.ts'
import { OPERATIONS } from '../labels/hand-written/operations.ts'
import { SECURITY } from '../labels/hand-written/security.ts'
import { SECURITY_IDENTITY } from '../labels/hand-written/security-identity.ts'
import { SPELLINGS } from '../labels/hand-written/spellings.ts'
import { STORAGE } from '../labels/hand-written/storage.ts'
import { sharedRecords } from '../labels/shared-trail.ts'

/**
 * Records to spoil: the hand-written ones, and the real ones where they are beside the repository. Of the real reads only
 * some: they end at the first look, and the rules behind it are what must be tried.
 */
export async function seedRecords(): Promise<object[]> {
  const handWritten = [
    ...COMPUTE,
    ...EC2,
    ...EC2_MORE,
    ...IDENTITY,
    ...NETWORK,
    ...ODDITIES,
    ...OPERATIONS,
    ...SECURITY,
    ...SECURITY_IDENTITY,
    ...SPELLINGS,
    ...STORAGE,
  ].map(sample => sample.record)
  const real = await sharedRecords()
  return [...handWritten, ...real.filter((record, at) => record.readOnly !== true || at % 20 === 0)]
}

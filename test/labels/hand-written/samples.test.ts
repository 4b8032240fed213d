import { describe, expect, test } from 'vitest'
import { loadEventMap } from '../../../src/clouds/aws/event-map/load.ts'
import { resolve } from '../../../src/clouds/aws/event-map/resolve.ts'
import { faultOf } from '../label.ts'
import { COMPUTE } from './compute.ts'
import { EC2 } from './ec2.ts'
import { EC2_MORE } from './ec2-more.ts'
import { IDENTITY } from './identity.ts'
import { JOBS } from './jobs.ts'
import { NETWORK } from './network.ts'
import { NOT_WRITES } from './not-writes.ts'
import { ODDITIES } from './oddities.ts'
import { OPERATIONS } from './operations.ts'
import { SECURITY } from './security.ts'
import { SECURITY_IDENTITY } from './security-identity.ts'
import { SPELLINGS } from './spellings.ts'
import { STORAGE } from './storage.ts'

const map = loadEventMap()

for (const [group, samples] of Object.entries({
  COMPUTE,
  JOBS,
  EC2,
  EC2_MORE,
  NOT_WRITES,
  NETWORK,
  STORAGE,
  IDENTITY,
  ODDITIES,
  OPERATIONS,
  SECURITY,
  SECURITY_IDENTITY,
  SPELLINGS,
})) {
  describe(`hand-written records: ${group.toLowerCase()}`, () => {
    for (const { source, name, record, verdict } of samples) {
      test(`${source}:${name}`, () => {
        const fault = faultOf(verdict, record, resolve(map, record))
        expect(fault, fault).toBeUndefined()
      })
    }
  })
}

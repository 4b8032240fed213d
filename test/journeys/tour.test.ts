import { expect, test } from 'vitest'
import type { Deed } from '../../demo/life/deed.ts'
import { liveLines, plainLine } from '../../demo/live/lines.ts'
import { Watch } from '../../demo/live/watch.ts'
import { KOFI } from '../../demo/organisation/people.ts'
import { planOrganisation } from '../../demo/organisation/plan.ts'
import { type Step, Tour } from '../../demo/tour.ts'
import type { ChangeRef } from '../../src/questions/lookups/changed.ts'
import type { TrailRecord } from '../moto/recorder/record.ts'
import { silentTerminal } from './silent-terminal.ts'

const HELP: Step = { says: 'What can be asked?', args: ['--help'], expects: ['where', /Questions: .* Commands:/] }

test('a station shows the command as it can be typed, and its real output', async () => {
  const terminal = silentTerminal()
  await new Tour(terminal, Date.now()).run({ ...HELP, args: ['where', '--help'], expects: ['IPv4'] })
  expect(terminal.written.join('')).toContain('What can be asked?\n$ cadastre where --help\nUsage: cadastre where')
})

test('on a terminal the answer is shown as terminals show it, and checked as a pipe gets it', async () => {
  const terminal = silentTerminal()
  const expects = [/ where Which asset has this IP address/]
  await new Tour({ ...terminal, isTerminal: true, width: 40 }, Date.now()).run({ ...HELP, expects })
  expect(terminal.written.join('')).toContain('\u001b[')
})

test.each<[string, Partial<Step>, string]>([
  ['lacks what it should hold', { expects: ['where', 'unicorn'] }, 'it lacks unicorn'],
  ['does not fit a pattern', { expects: [/^unicorn/] }, 'it lacks /^unicorn/'],
  ['says what it should not', { lacks: ['where'] }, 'it says where'],
  ['ends with another exit code', { exit: 1 }, 'the exit code is 0, not 1'],
])('an answer that %s ends the tour', async (_, wrong, reason) => {
  const tour = new Tour(silentTerminal(), Date.now())
  await expect(tour.run({ ...HELP, ...wrong })).rejects.toThrow(reason)
})

test('the same seed plans the same company, another seed another one', () => {
  expect(planOrganisation({ seed: 7 })).toEqual(planOrganisation({ seed: 7 }))
  expect(planOrganisation({ seed: 7 })).not.toEqual(planOrganisation({ seed: 8 }))
})

const GROUP = { account: '111122223333', type: 'AWS::EC2::SecurityGroup', id: 'sg-1' }
const DEED: Deed = { ...GROUP, by: KOFI, says: 'closes SSH again', sentAt: 1_000 }
const ACTOR = {
  person: KOFI.name,
  kind: 'sso-user',
  principal:
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_SecurityResponder_0123456789abcdef',
  account: GROUP.account,
  via: [],
  invokedBy: null,
  tool: 'aws-cli 2.31.18',
  from: '192.0.2.31',
  accessKey: null,
  mfa: true,
}

function changeBy(person: string, event = 'event-1', certainty: 'certain' | 'likely' = 'certain'): ChangeRef {
  const explaining = {
    id: event,
    at: '2026-11-22T09:00:00Z',
    source: 'ec2.amazonaws.com',
    name: 'Revoke',
    actor: ACTOR,
  }
  return {
    asset: {
      ...{ id: 'id', provider: 'aws', account: GROUP.account, accountName: 'shop-production', region: 'eu-west-1' },
      ...{ type: GROUP.type, nativeId: GROUP.id, name: 'shop-web', arn: null, owner: null, gone: false },
    },
    at: '2026-11-22T09:00:01.500Z',
    what: 'changed',
    source: 'event',
    actor: person,
    attribution: { certainty, text: person, persons: [person], events: [explaining], moreEvents: false },
    changes: [
      { field: 'Attributes.LastModified', before: '1', after: '2' },
      {
        field: 'IpPermissions[0]',
        before: '{"FromPort":22,"Ipv6Ranges":[],"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}',
        after: null,
      },
    ],
    moreChanges: false,
  }
}

function recordOf(eventID: string, readOnly = false): TrailRecord {
  return { eventID, readOnly } as unknown as TrailRecord
}

test('a live change says who, how, what and how long it took, within the width of the terminal', () => {
  const lines = liveLines({ change: changeBy(KOFI.name), afterMs: 420 }, { width: 80, paint: (_, text) => text })
  expect(lines).toEqual([
    '09:00:01  kofi.evans@fernhill.example  as SecurityResponder, aws-cli, …   0.42 s',
    '          changed  EC2 SecurityGroup shop-web  shop-production',
    '                   - IpPermissions[0]: FromPort 22, IpRanges CidrIp 0.0.0.0/0',
  ])
  expect(plainLine({ change: changeBy(KOFI.name), afterMs: undefined })).toContain(`-  ${KOFI.name}  changed EC2`)
})

test('a deed is known by the record that its call left, once, and how long that took', () => {
  const records = [recordOf('before')]
  const watch = new Watch(records)
  records.push(recordOf('a-read-of-cadastre', true), recordOf('event-1'))
  watch.did(DEED)
  expect(watch.wrong()).toEqual([expect.stringContaining('not known')])

  expect(watch.knows(changeBy(KOFI.name, 'before'), 1_200).afterMs).toBeUndefined()
  expect(watch.knows(changeBy(KOFI.name), 1_420).afterMs).toBe(420)
  expect(watch.knows(changeBy(KOFI.name), 9_000).afterMs).toBeUndefined()
  expect(watch.wrong()).toEqual([])
  expect(watch.delaysMs).toEqual([420])
})

test.each([
  ['somebody else', changeBy('dina.fischer@fernhill.example')],
  ['a guess', changeBy(KOFI.name, 'event-1', 'likely')],
])('a deed that is taken for that of %s is wrong', (_, change) => {
  const records: TrailRecord[] = []
  const watch = new Watch(records)
  records.push(recordOf('event-1'))
  watch.did(DEED)
  watch.knows(change, 2_000)
  expect(watch.wrong()).toEqual([expect.stringContaining('attributed to')])
})

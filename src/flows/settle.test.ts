import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CONSISTENCY_MS } from '../model/consistency.ts'
import type { Verdict } from '../ports/refresh-store.ts'
import { type Asked, FAILURES_MAX, FOLLOWED_MS_MAX, isGone, motionOf, type Reply, settle } from './settle.ts'

const AT = 1_000_000_000

function asked(changes: Partial<Asked> = {}): Asked {
  return {
    until: AT,
    action: 'update',
    events: 1,
    reads: 1,
    failures: 0,
    hasChanged: false,
    startedAt: AT + 1_000,
    ...changes,
  }
}

function present(verdict: Verdict, motion: 'still' | 'changing' | 'ended' = 'still'): Reply {
  return { kind: 'present', verdict, motion }
}

const SOON = { startedAt: AT + 1_000 }
const LATER = { startedAt: AT + CONSISTENCY_MS }

describe('what follows from one read', () => {
  test.each<[string, Partial<Asked>, Reply, string, number?]>([
    ['a change answers the one event', SOON, present('changed'), 'answered'],
    ['so does an asset seen for the first time', { action: 'create' }, present('created'), 'answered'],
    ['a change need not be the last of several events', { events: 2 }, present('changed'), 'again', 1_000],
    ['no change yet is doubted', SOON, present('doubted'), 'again', 500],
    ['nor does a reply that goes back answer it', SOON, present('returned'), 'again', 500],
    ['until it is believed', LATER, present('returned'), 'answered'],
    ['with growing pauses', { reads: 6 }, present('doubted'), 'again', 16_000],
    ['the last of them at the end of all doubt', { reads: 8 }, present('doubted'), 'again', CONSISTENCY_MS - 1_000],
    ['after a minute no change is none', LATER, present('unchanged'), 'answered'],
    ['what is being made is followed', { action: 'create' }, present('created', 'changing'), 'again', 2_000],
    ['also once all doubt has ended', { ...LATER, reads: 5 }, present('unchanged', 'changing'), 'again', 30_000],
    [
      'the longer it takes the less often',
      { startedAt: AT + 2_000_000 },
      present('unchanged', 'changing'),
      'again',
      300_000,
    ],
    ['but not for ever', { startedAt: AT + FOLLOWED_MS_MAX }, present('unchanged', 'changing'), 'answered'],
    ['not found after a create is doubted', { action: 'create' }, { kind: 'gone' }, 'again', 500],
    ['for a minute', { action: 'create', ...LATER }, { kind: 'gone' }, 'answered'],
    ['not found after a delete is gone', { action: 'delete' }, { kind: 'gone' }, 'answered'],
    ['still there after a delete is doubted', { action: 'delete' }, present('doubted'), 'again', 500],
    ['even where something else changed', { action: 'delete' }, present('changed'), 'again', 500],
    ['what is being deleted is followed', { action: 'delete', ...LATER }, present('changed', 'ended'), 'again', 30_000],
    ['what a delete only marks is answered', { action: 'delete', ...LATER }, present('unchanged'), 'answered'],
    ['what is none of ours is answered', {}, { kind: 'skipped', detail: '' }, 'answered'],
    ['a refusal parks', {}, { kind: 'denied', detail: '', needs: ['a:B'] }, 'parked'],
    ['a failure is tried again', {}, { kind: 'failed', detail: '' }, 'again', 1_000],
    ['the last one parks', { failures: FAILURES_MAX - 1 }, { kind: 'failed', detail: '' }, 'parked'],
    ['throttling does not', { failures: 99 }, { kind: 'failed', detail: '', isThrottled: true }, 'again', 5_000],
  ])('%s', (_, changes, reply, kind, afterMs) => {
    const question = asked(changes)

    const step = settle(question, reply, question.startedAt)

    expect(step.kind).toBe(kind)
    if (step.kind === 'again') expect(step.afterMs).toBe(afterMs)
  })
})

const verdicts = fc.constantFrom<Verdict>('created', 'changed', 'returned', 'ended', 'unchanged', 'doubted')
const replies: fc.Arbitrary<Reply> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('present' as const),
      verdict: verdicts,
      motion: fc.constantFrom('still', 'changing', 'ended'),
    }),
  },
  { weight: 3, arbitrary: fc.constant<Reply>({ kind: 'gone' }) },
  fc.constant<Reply>({ kind: 'failed', detail: 'broke' }),
  fc.constant<Reply>({ kind: 'denied', detail: 'refused', needs: [] }),
)

test('whatever the cloud says, every refresh ends within its bound, and none ends an asset on an absence that is doubted', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('create', 'update', 'delete'),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 0, max: 300_000 }),
      fc.array(replies, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 0, max: 5_000 }),
      (action, events, lateMs, said, latencyMs) => {
        let now = AT + lateMs
        let state = asked({ action: action as Asked['action'], events, reads: 0, startedAt: now })
        for (let read = 0; ; read++) {
          expect(read).toBeLessThan(200)
          state = { ...state, reads: state.reads + 1, startedAt: now }
          now += latencyMs
          const reply = said[read % said.length] as Reply
          const step = settle(state, reply, now)
          if (step.kind !== 'again') {
            if (reply.kind === 'gone' && action !== 'delete')
              expect(state.startedAt).toBeGreaterThanOrEqual(AT + CONSISTENCY_MS)
            if (reply.kind === 'gone') expect(isGone(state)).toBe(true)
            break
          }
          expect(step.afterMs).toBeGreaterThanOrEqual(0)
          now += step.afterMs
          const hasChanged = reply.kind === 'present' && (reply.verdict === 'created' || reply.verdict === 'changed')
          state = {
            ...state,
            failures: reply.kind === 'failed' ? state.failures + 1 : 0,
            hasChanged: state.hasChanged || hasChanged,
          }
        }
        expect(now).toBeLessThan(AT + FOLLOWED_MS_MAX + lateMs + 20 * 60_000)
      },
    ),
    { numRuns: 2_000 },
  )
})

test.each([
  [{ State: { Code: 0, Name: 'pending' } }, 'changing'],
  [{ State: { Code: 16, Name: 'running' } }, 'still'],
  [{ State: { Code: 32, Name: 'shutting-down' } }, 'changing'],
  [{ State: { Code: 48, Name: 'terminated' } }, 'ended'],
  [{ DBInstanceStatus: 'creating' }, 'changing'],
  [{ DBInstanceStatus: 'available' }, 'still'],
  [{ DBInstanceStatus: 'configuring-enhanced-monitoring' }, 'changing'],
  [{ StackStatus: 'UPDATE_IN_PROGRESS' }, 'changing'],
  [{ StackStatus: 'ROLLBACK_COMPLETE' }, 'still'],
  [{ TableStatus: 'ACTIVE' }, 'still'],
  [{ status: 'DELETING' }, 'changing'],
  [{ KeyState: 'PendingDeletion' }, 'still'],
  [{ Status: 'PENDING_VALIDATION' }, 'still'],
  [{ Status: 'InProgress' }, 'changing'],
  [{ Description: 'pending', Name: 'deleting' }, 'still'],
  [{ State: null, Status: 7 }, 'still'],
])('%o says that it is %s', (config, motion) => {
  expect(motionOf(config)).toBe(motion)
})

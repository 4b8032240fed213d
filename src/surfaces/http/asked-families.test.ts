import { expect, test } from 'vitest'
import { QuestionLog } from '../../access/question-log.ts'
import type { LoggedQuestion } from '../../store/question-log.ts'
import { askedFamilies } from './asked-families.ts'
import { exposition } from './exposition.ts'

const FOUND: LoggedQuestion = {
  ...{ id: '1', askedAt: 0, principal: 'token:a', name: 'a', surface: 'http', from: '', question: 'where' },
  ...{ input: '{}', outcome: 'found', detail: null, assets: 1, scope: null, grants: [], durationMs: 4 },
}

test('questions are counted by surface, question and outcome; what people type is no label', async () => {
  await using log = new QuestionLog({ write: async () => {}, onFault: () => {} })
  for (const row of [FOUND, FOUND, { ...FOUND, surface: 'slack', outcome: 'denied' }] as const) log.add(row)
  log.add({ ...FOUND, question: 'wehre"} 1\nup 0', outcome: 'unknown' })

  const text = exposition(askedFamilies({ log, chats: { slack: { asked: 3, dropped: 1 }, mattermost: undefined } }))

  expect(text).toContain('cadastre_questions_total{surface="http",question="where",outcome="found"} 2\n')
  expect(text).toContain('cadastre_questions_total{surface="slack",question="where",outcome="denied"} 1\n')
  expect(text).toContain('cadastre_questions_total{surface="http",question="unknown",outcome="unknown"} 1\n')
  expect(text).toContain('cadastre_question_seconds_bucket{question="where",le="0.0025"} 0\n')
  expect(text).toContain('cadastre_question_seconds_bucket{question="where",le="0.005"} 3\n')
  expect(text).toContain('cadastre_question_log_waiting 4\n')
  expect(text).toContain('cadastre_chat_messages_total{chat="slack",what="dropped"} 1\n')
  expect(text).not.toContain('wehre')
  expect(text).not.toContain('mattermost')
})

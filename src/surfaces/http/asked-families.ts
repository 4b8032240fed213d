import type { QuestionLog } from '../../access/question-log.ts'
import type { Family } from './exposition.ts'

/** What a process that answers questions keeps count of. */
export interface Asked {
  readonly log: Pick<QuestionLog, 'asked' | 'waiting'>
  /** What came of messages, by chat; undefined: it is not set up. */
  readonly chats?: Readonly<Record<string, object | undefined>>
}

/** Questions by surface and outcome, how long they took, and whether their log keeps up. */
export function askedFamilies({ log, chats = {} }: Asked): Family[] {
  const messages = Object.entries(chats).flatMap(([chat, counts]) =>
    Object.entries(counts ?? {}).map(([what, value]) => ({ labels: { chat, what }, value: Number(value) })),
  )
  return [
    {
      name: 'cadastre_questions_total',
      type: 'counter',
      help: 'Questions by surface, question and outcome.',
      samples: log.asked.counts.map(({ value, ...labels }) => ({ labels, value })),
    },
    {
      name: 'cadastre_question_seconds',
      type: 'histogram',
      help: 'What questions took, from their arrival to their outcome.',
      samples: [...log.asked.seconds].map(([question, value]) => ({ labels: { question }, value })),
    },
    {
      name: 'cadastre_question_log_waiting',
      type: 'gauge',
      help: 'Answered questions that are not in the question log yet.',
      samples: [{ value: log.waiting }],
    },
    {
      name: 'cadastre_chat_messages_total',
      type: 'counter',
      help: 'What came of messages in chats.',
      samples: messages,
    },
  ]
}

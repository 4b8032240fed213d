import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { LOCAL } from '../../src/model/principal.ts'
import type { Example } from '../../src/questions/question.ts'
import type { ChatReply, Conversation } from '../../src/surfaces/chat/chat.ts'
import { openConversation } from '../../src/surfaces/chat/conversation.ts'
import { run } from '../../src/surfaces/cli/run.ts'
import { flagsOf } from '../../src/surfaces/line/flags.ts'
import { lineOf } from '../../src/surfaces/line/line-of.ts'
import { EXAMPLE_NOW } from '../example-store.ts'
import { silentTerminal } from '../journeys/silent-terminal.ts'
import { openChatStore } from './chat-store.ts'
import { textOf } from './text-of.ts'

let store: Awaited<ReturnType<typeof openChatStore>>
let conversation: Conversation
beforeAll(async () => {
  // The command line takes the time of the process; timers go on.
  vi.useFakeTimers({ toFake: ['Date'], now: EXAMPLE_NOW })
  store = await openChatStore()
  conversation = openConversation(store)
})
afterAll(async () => {
  vi.useRealTimers()
  await store[Symbol.asyncDispose]()
})

describe('every example of every question', () => {
  const all = async () =>
    [...store.questions.values()].flatMap(question =>
      question.examples.map((example: Example<Record<string, unknown>>) => ({ question, ...example })),
    )

  /** What the command line prints. */
  async function printed(name: string, input: Record<string, unknown>): Promise<string> {
    const question = store.questions.get(name)
    if (question === undefined) throw new Error(name)
    const flags = flagsOf(question).flatMap(flag =>
      [input[flag.field] ?? []].flat().flatMap(each => (each === true ? [flag.name] : [flag.name, String(each)])),
    )
    const terminal = silentTerminal({ DATABASE_URL: store.database.url })
    await run([name, ...flags], terminal)
    expect(terminal.noted).toEqual([])
    return terminal.written.join('')
  }

  test('is answered as on the command line, part by part', async () => {
    for (const { question, input, found } of await all()) {
      const expected = await printed(question.name, input)
      const line = lineOf(question, input)
      let given = await reply(line, 'command')
      const [first] = expected.split('\n')
      expect(given.message, line).toMatchObject({ kind: found ? 'found' : 'nothing', headline: first })
      let text = textOf(given.message)
      for (let next = nextOf(given); next !== undefined; next = nextOf(given)) {
        expect(given.message.file?.text).toBe(expected)
        given = await reply(next, 'button')
        text += `\n${textOf(given.message)}`
      }
      // Every word that the command line prints below the headline is somewhere in the messages.
      const body =
        expected
          .split('\n')
          .slice(1)
          .join('\n')
          .split(/\n(?:Seen by|Not everything)/)[0] ?? ''
      const words = new Set(text.split(/\s+/))
      const missing = body.split(/\s+/).filter(word => !words.has(word) && !/^[A-Z() -]*$/.test(word))
      expect(
        missing.filter(word => !text.includes(word.toLowerCase())),
        line,
      ).toEqual([])
    }
  })

  function nextOf({ message }: ChatReply): string | undefined {
    return message.buttons.find(({ label }) => label.startsWith('Next ('))?.value
  }
})

function reply(text: string, kind: 'command' | 'button'): Promise<ChatReply> {
  return conversation.reply({ principal: LOCAL, surface: 'slack', channel: 'C1', text, kind })
}

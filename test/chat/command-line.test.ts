import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadQuestions } from '../../src/questions/load.ts'
import type { Example } from '../../src/questions/question.ts'
import { type Asked, commandLineOf, readCommandLine } from '../../src/surfaces/chat/command-line.ts'
import { wordsOf } from '../../src/surfaces/chat/words.ts'
import { flagsOf } from '../../src/surfaces/line/flags.ts'

const questions = await loadQuestions()
const read = (text: string) => readCommandLine(text, questions)
const asked = (text: string) => {
  const line = read(text)
  return line.kind === 'ask'
    ? { question: line.question.name, input: line.input, ...(line.isLive && { live: true }) }
    : line
}

test.each<[string, string[]]>([
  ['where 10.1.2.3', ['where', '10.1.2.3']],
  ['  where\u00a0 10.1.2.3\n', ['where', '10.1.2.3']],
  [`search "two words" 'and one'`, ['search', 'two words', 'and one']],
  ['search “two words” ‘and one’', ['search', 'two words', 'and one']],
  ['search „zwei Worte“ «deux mots»', ['search', 'zwei Worte', 'deux mots']],
  ['where `i-0abc`', ['where', 'i-0abc']],
  ['changes —since 2h –by ada', ['changes', '--since', '2h', '--by', 'ada']],
  ['changes --since="2h ago"', ['changes', '--since=2h ago']],
  ["who d'artagnan", ['who', "d'artagnan"]],
  ['who d’artagnan', ['who', 'd’artagnan']],
  ["search it's that's", ['search', "it's", "that's"]],
  ["search 'never ends", ['search', "'never", 'ends']],
  [`search 'it'\\''s'`, ['search', "it's"]],
  ['search a\\ b', ['search', 'a b']],
  ['search "say \\"hi\\""', ['search', 'say "hi"']],
  ["search 'a ’ b'", ['search', 'a ’ b']],
  ['where \u200b10.1.2.3\u200e', ['where', '10.1.2.3']],
  ['who ada@\u200bexample.com', ['who', 'ada@example.com']],
  ['where \\', ['where', '\\']],
  ['', []],
  ['""', []],
])('the words of %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words)
})

describe('a command line', () => {
  test('is a question with its input, by place and by name, as on the command line of a shell', () => {
    expect(asked('where 10.1.2.3')).toEqual({ question: 'where', input: { what: '10.1.2.3' } })
    expect(asked('Where 10.1.2.3 —at “2 days ago”')).toEqual({
      question: 'where',
      input: { what: '10.1.2.3', at: '2 days ago' },
    })
    expect(asked('search --tag team=shop --tag env=prod --deleted two words')).toEqual({
      question: 'search',
      input: { tag: ['team=shop', 'env=prod'], deleted: true, text: 'two words' },
    })
    expect(asked('where 10.1.2.3 --limit 5 --live')).toEqual({
      question: 'where',
      input: { what: '10.1.2.3', limit: 5 },
      live: true,
    })
  })

  test('may ask for help, in all ways that people try', () => {
    for (const text of ['', ' ', 'help', 'HELP', '?', '--help', '-h', '—help'])
      expect(read(text)).toEqual({ kind: 'help' })
    for (const text of ['help where', 'where --help', 'where 10.1.2.3 -h', 'Where —help'])
      expect(read(text)).toEqual({ kind: 'help', about: 'where' })
  })

  test('that does not fit says what is wrong, and what is nearest', () => {
    expect(read('were 10.1.2.3')).toEqual({ kind: 'unknown', name: 'were' })
    expect(read('where')).toMatchObject({
      kind: 'problem',
      message: expect.stringContaining('`what` is missing: An IPv4'),
    })
    expect(read('where 10.1.2.3 --att 2d')).toMatchObject({
      kind: 'problem',
      message: 'there is no option --att; did you mean --at?',
    })
    expect(read('where 10.1.2.3 --json')).toMatchObject({ kind: 'problem' })
    expect(read('where x --part 0')).toMatchObject({ kind: 'problem', message: expect.stringContaining('--part') })
    expect(read('where x --part')).toMatchObject({ kind: 'problem' })
    expect(read('changes in shop')).toMatchObject({ kind: 'problem', message: expect.stringContaining('in shop') })
  })

  test('is what a question and its input are written as, whatever is in them', () => {
    const flags = [...questions.values()].map(question => ({ question, flags: flagsOf(question) }))
    // Blanks at the ends are no input: every question trims them.
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter(value => value.trim() === value && value !== '')
    const input = fc.constantFrom(...flags).chain(({ question, flags }) =>
      fc.record({
        question: fc.constant(question),
        input: fc.record(
          Object.fromEntries(
            flags.map(flag => [
              flag.field,
              flag.isList
                ? fc.array(text, { minLength: 1, maxLength: 3 })
                : { text, number: fc.nat(), boolean: fc.constant(true) }[flag.kind],
            ]),
          ),
          { requiredKeys: flags.filter(flag => flag.isRequired).map(flag => flag.field) },
        ),
        isLive: fc.boolean(),
        isShared: fc.boolean(),
        part: fc.integer({ min: 1, max: 9 }),
      }),
    )
    fc.assert(
      fc.property(input, given => {
        const line = commandLineOf(given as Asked)
        fc.pre(line.length < 2_000)
        expect(read(line)).toEqual({ kind: 'ask', ...given })
      }),
      { numRuns: 500 },
    )
  })

  test('of each example is the same input again', () => {
    for (const question of questions.values())
      for (const { input } of question.examples as readonly Example<Record<string, unknown>>[]) {
        const given = { question, input, isLive: false, isShared: false, part: 1 }
        expect(read(commandLineOf(given))).toEqual({ kind: 'ask', ...given })
      }
  })

  test('never throws, whatever is typed', () => {
    const pieces = fc.oneof(
      fc.constantFrom(
        ...questions.keys(),
        ...'"\'`“”‘’«»\\=- ',
        '--',
        '—',
        '--at',
        '--__proto__',
        '--part=',
        '-',
        '\0',
      ),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(fc.array(pieces), fc.constantFrom('', ' '), (texts, between) => {
        expect(read(texts.join(between)).kind).toMatch(/^(ask|help|unknown|problem)$/)
      }),
      { numRuns: 2_000 },
    )
    expect(read(`where x${'“'.repeat(100_001)}`).kind).toBe('ask')
  })
})

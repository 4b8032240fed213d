import { expect, test } from 'vitest'
import { openTestStore } from '../../test/store.ts'
import { arrayOfText, arrayText } from './text-array.ts'

const LISTS: readonly (readonly string[])[] = [
  [],
  [''],
  ['id i-0abc', 'name web 1'],
  ['plain', 'NULL', 'null', 'a,b', '{}', '{a,"b"}'],
  ['"', '""', '\\', '\\\\', '\\"', 'ends in \\', 'ends in "', '\n\t', ' blanks ', 'ümlaut 🎉'],
]

test('lists of texts come back from the store as they were written, whatever is in them', async () => {
  await using store = await openTestStore()

  const rows = await Promise.all(
    LISTS.map(list =>
      store.query<{ list: string[] }>({ text: 'select $1::text::text[] as list', values: [arrayText(list)] }),
    ),
  )

  expect(rows.map(([row]) => row?.list)).toEqual(LISTS)
})

test('what is null in a list stays null', async () => {
  await using store = await openTestStore()

  const [row] = await store.query<{ list: unknown[] }>(`select array['a', null, 'NULL', 'b c', null] as list`)

  expect(row?.list).toEqual(['a', null, 'NULL', 'b c', null])
})

test('a list is read up to its end', () => {
  expect(arrayOfText('{a}')).toEqual(['a'])
  expect(arrayOfText('{a,"b c",d}')).toEqual(['a', 'b c', 'd'])
})

test('times are read to the millisecond, in every time zone of the server and of any year', async () => {
  await using store = await openTestStore()
  const written = [
    '2026-11-22T06:00:00.000Z',
    '2026-11-22T06:00:00.120Z',
    '2026-11-22T06:00:00.001Z',
    '0099-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
    '+012345-01-01T00:00:00.000Z',
  ]
  const milliseconds = written.map(text => Date.parse(text))
  const read = (zone: string) =>
    store.transaction(async connection => {
      await connection.query(`set local timezone to '${zone}'`)
      const { rows } = await connection.query<{ at: Date }>(
        'select to_timestamp(n / 1000) as at from unnest($1::float8[]) n',
        [milliseconds],
      )
      return rows.map(({ at }) => at.toISOString())
    })

  expect(await read('UTC')).toEqual(written)
  expect(await read('Asia/Kathmandu')).toEqual(written)
  expect(await read('Europe/London')).toEqual(written)
  const [row] =
    await store.query(`select 'infinity'::timestamptz as never, '-infinity'::timestamptz as ever, '0044-03-15 BC'::timestamptz as ides,
    '2026-11-22 06:00:00.123999+00'::timestamptz as fine`)
  expect(row).toEqual({
    never: Number.POSITIVE_INFINITY,
    ever: Number.NEGATIVE_INFINITY,
    ides: new Date('-000043-03-15T00:00:00Z'),
    fine: new Date('2026-11-22T06:00:00.123Z'),
  })
})

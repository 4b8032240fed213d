import { describe, expect, test } from 'vitest'
import { gather, inBatches, oneByOne, partly, parts, replied } from './describe.ts'
import { Partly } from './resource.ts'

const fail = (name: string) => Object.assign(new Error(`refused: ${name}`), { name })

describe('oneByOne', () => {
  test('keeps the order, whatever answers first, and leaves out what is gone or undefined', async () => {
    const found = await oneByOne([3, 1, 0, 2, 9], ['NotFound'], async id => {
      await new Promise(resolve => setTimeout(resolve, id))
      if (id === 0) throw fail('NotFound')
      return id === 9 ? undefined : { id }
    })
    expect(found).toEqual([{ id: 3 }, { id: 1 }, { id: 2 }])
  })

  test('throws any other error', async () => {
    const described = oneByOne([1, 2], ['NotFound'], async () => {
      throw fail('Throttling')
    })
    await expect(described).rejects.toThrow('Throttling')
  })
})

describe('inBatches', () => {
  const limits = { size: 2, gone: ['NotFound'] }
  const call = (calls: string[][]) => async (ids: string[]) => {
    calls.push(ids)
    if (ids.includes('missing')) throw fail('NotFound')
    return ids.map(id => ({ id }))
  }

  test('takes no more than the size at once', async () => {
    const calls: string[][] = []
    await inBatches(['a', 'b', 'c'], limits, call(calls))
    expect(calls).toEqual([['a', 'b'], ['c']])
  })

  test('asks one by one only where one is missing', async () => {
    const calls: string[][] = []
    const found = await inBatches(['a', 'missing', 'b', 'c'], limits, call(calls))
    expect(found).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }])
    expect(calls).toEqual([['a', 'missing'], ['a'], ['missing'], ['b', 'c']])
  })

  test('throws any other error', async () => {
    const described = inBatches(['a'], limits, async () => {
      throw fail('AccessDenied')
    })
    await expect(described).rejects.toThrow('AccessDenied')
  })
})

describe('gather', () => {
  test('takes every page, those without items too, and throws what a page throws', async () => {
    async function* pages(broken: boolean) {
      yield { items: [1, 2] }
      yield {}
      if (broken) throw fail('Throttling')
      yield { items: [3] }
    }
    const items = (page: { items?: number[] }) => page.items
    expect(await gather(pages(false), items)).toEqual([1, 2, 3])
    await expect(gather(pages(true), items)).rejects.toThrow('Throttling')
  })
})

describe('parts', () => {
  test('tells what is absent from what is refused', async () => {
    const read = await parts<{ policy: string; tags: string; url: string }>(
      {
        policy: async () => {
          throw fail('NoSuchPolicy')
        },
        tags: async () => {
          throw fail('AccessDeniedException')
        },
        url: async () => 'https://example.com',
      },
      ['NoSuchPolicy'],
    )
    expect(read).toEqual({ parts: { url: 'https://example.com' }, unread: ['tags'] })
  })

  test('throws any other error', async () => {
    const read = parts<{ policy: string }>({
      policy: async () => {
        throw fail('NoSuchPolicy')
      },
    })
    await expect(read).rejects.toThrow('NoSuchPolicy')
  })
})

test('an item is partly known only if something was unread', () => {
  const item = { id: 1 }
  expect(partly(item, [])).toBe(item)
  expect(partly(item, ['tags'])).toEqual(new Partly(item, ['tags']))
})

test('a reply that is the asset is kept without what is said about the call', () => {
  expect(replied({ $metadata: { attempts: 1 }, id: 1 })).toEqual({ id: 1 })
})

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadEventMap } from '../../src/clouds/aws/event-map/load.ts'
import { resolve } from '../../src/clouds/aws/event-map/resolve.ts'
import type { AnyResourceType } from '../../src/clouds/aws/resource.ts'
import type { CloudTrailRecord } from '../../src/model/cloudtrail.ts'
import { seedRecords } from '../fuzz/seed-records.ts'

const RESOURCES = join(import.meta.dirname, '../../src/clouds/aws/resources')

/**
 * An event's asset is found in the store, and described, by its native id. If the event map says a name where the
 * resource file says an ARN, the two never meet: the event would be recorded on an asset that no scan has seen.
 */
test('the event map names assets in the form that their resource files do', async () => {
  const map = loadEventMap()
  const forms = await formsByType()
  const records = (await seedRecords()) as CloudTrailRecord[]
  const different = new Set<string>()
  let compared = 0
  for (const record of records) {
    const outcome = resolve(map, record)
    if (outcome.kind !== 'mapped') continue
    for (const { type, id } of outcome.assets) {
      const wanted = forms.get(type)
      if (wanted === undefined) continue
      compared++
      if (formOf(id) !== wanted && !isShorter(type, id)) {
        different.add(`${record.eventSource}:${record.eventName} ${type}: ${id} is ${formOf(id)}, scans say ${wanted}`)
      }
    }
  }
  expect(compared).toBeGreaterThan(100)
  expect([...different], [...different].join('\n')).toEqual([])
})

/**
 * A release of an address names its allocation or the address itself, and its describe accepts either; record sets have a set identifier only
 * where several share a name.
 */
function isShorter(type: string, id: string): boolean {
  if (type === 'AWS::EC2::EIP') return formOf(id) === 'text'
  return type === 'AWS::Route53::RecordSet' && formOf(id) === 'text|text|text'
}

async function formsByType(): Promise<Map<string, string>> {
  const files = readdirSync(RESOURCES).filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const types = await Promise.all(
    files.map(async file => ((await import(join(RESOURCES, file))) as { default: AnyResourceType }).default),
  )
  return new Map(types.map(({ type, example }) => [type, formOf(example.asset.id)]))
}

/** `arn`, `url`, `text`; several parts joined: `arn|text`. */
function formOf(id: string): string {
  return id
    .split('|')
    .map(part => (part.startsWith('arn:') ? 'arn' : /^https?:/.test(part) ? 'url' : 'text'))
    .join('|')
}

import { describe, expect, test } from 'vitest'
import { MessageBlocks } from './block-kit.ts'
import { labelsOf, useHelpdesk } from './helpdesk.ts'
import { textOf } from './text-of.ts'

const desk = useHelpdesk()

describe('a command', () => {
  test('is answered to the asker alone: the fact, then account, owner, age and source, then buttons', async () => {
    const { body } = await desk.served.command('where 10.12.7.31', desk.asAda())
    expect(body).toMatchObject({ response_type: 'ephemeral', unfurl_links: false, link_names: false })
    expect(MessageBlocks.safeParse(body.blocks).error).toBeUndefined()
    const [fact = '', ...rest] = textOf(body.blocks).split('\n')
    expect(fact).toContain('10.12.7.31 is EC2 Instance web-2')
    expect(rest.join('\n')).toMatch(/account: shop-prod.*owner: shop.*seen: .*source: scan/s)
    expect(labelsOf(body.blocks)).toEqual(['History', 'Neighbours', 'Share'])
  })

  test('for one question alone needs no name of it', async () => {
    for (const command of ['/where', '/cloud-where']) {
      const { body } = await desk.served.command('10.12.7.31', desk.asAda({ command }))
      expect(textOf(body.blocks)).toContain('web-2')
    }
  })

  test('without words brings help, with what may be asked and how', async () => {
    const { body } = await desk.served.command('', desk.asAda())
    const text = textOf(body.blocks)
    expect(text).toContain('/cloud where 10.12.7.31')
    expect(text).toContain('bucket: ')
    expect(text).not.toContain('audit')
  })

  test('that nobody knows, or that does not fit, says what to do', async () => {
    const unknown = await desk.served.command('wehre 10.12.7.31', desk.asAda())
    expect(textOf(unknown.body.blocks)).toContain('did you mean where?')
    const wrong = await desk.served.command('where 10.12.7.31 --at soon', desk.asAda())
    expect(textOf(wrong.body.blocks)).toContain('a time such as')
  })

  test('by somebody without a grant is denied with what to do, and one that is not granted says what is', async () => {
    const nobody = await desk.served.command('where 10.12.7.31', desk.asEve())
    expect(textOf(nobody.body.blocks)).toContain(
      `ask whoever runs Cadastre to name slack-user:${desk.eve} in the access policy`,
    )
    const other = await desk.served.command('key AKIAQAAAAAAAAADA0001', desk.asAda())
    expect(textOf(other.body.blocks)).toContain('you may not ask key; you may ask')
    expect(labelsOf(other.body.blocks)).toEqual([])
  })

  test('about what is hidden is answered like one about what does not exist', async () => {
    const hidden = await desk.served.command('where Z0000000EXAMPLE', desk.asAda())
    const absent = await desk.served.command('where Z0000000EXAMPLX', desk.asAda())
    const told = ({ body }: { body: unknown }, name: string) => JSON.stringify(body).replaceAll(name, 'NAME')
    expect(told(hidden, 'Z0000000EXAMPLE')).toBe(told(absent, 'Z0000000EXAMPLX'))
    expect(textOf(hidden.body.blocks)).toContain('Z0000000EXAMPLE')
  })

  test('shows of hidden fields that they are', async () => {
    const { body } = await desk.served.command('asset secretive --config', desk.asAda())
    expect(JSON.stringify(body)).not.toContain('top-secret')
    expect(textOf(body.blocks)).toMatch(/hidden by the access policy/)
  })

  test('is posted in the channel that is configured for its question, without buttons, where the policy lets it', async () => {
    await desk.served.command('bucket invoices', desk.asAda())
    const { body } = await desk.double.next('chat.postMessage')
    expect(body.channel).toBe(desk.incidents)
    expect(textOf(body.blocks)).toContain('invoices')
    expect(labelsOf(body.blocks)).toEqual([])
  })

  test('from another workspace is refused, whatever its people are called here', async () => {
    const { counts } = desk.served.slack
    const refused = counts.refused
    const { body } = await desk.served.command('where 10.12.7.31', desk.asAda({ team_id: 'T0FOREIGN' }))
    expect(textOf(body.blocks)).toBe('Only people of the workspace that Cadastre belongs to are answered.')
    expect(counts.refused).toBe(refused + 1)
  })
})

test('what is asked is logged with who asked and in which channel', async () => {
  await desk.served.command('bucket invoices', desk.asAda())
  await desk.served.asking.log.settled()
  const rows = await desk.database.query<{ principal: string; source: string }>(
    `select * from question_log where surface = 'slack' and question = 'bucket' and principal like 'slack:T%'`,
  )
  expect(JSON.stringify(rows)).toContain(`slack:T000000001:${desk.ada}`)
  expect(JSON.stringify(rows)).toContain(desk.channel)
})

import { CreateTagsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EMPTY_ZIP } from '../../demo/organisation/application.ts'
import { openWorld, type World } from './world.ts'

const MEGABYTES_5 = 5 * 1024 * 1024
/** Clears a screen, sets a window's title, turns text around, ends a C string, is half a character. */
const OWNER = 'eve\u001b[2J\u001b]0;title\u0007\u202egpj.exe\u0000\ud800'
const NAME = `Robert'); drop table asset;-- "quoted" \\ <b>&amp; x`

/** Every control character but the line's end, and what changes the direction of text (Unicode's Bidi_Control). */
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/

describe('names and configs that somebody made to hurt', () => {
  let world: World

  beforeAll(async () => {
    world = await openWorld()
    const { site, instances } = world.shop
    await site.client(LambdaClient).send(
      new CreateFunctionCommand({
        FunctionName: 'hostile',
        Runtime: 'nodejs22.x',
        Role: `arn:aws:iam::${world.shop.account}:role/services/shop-web-execution`,
        Handler: 'index.handler',
        Code: { ZipFile: EMPTY_ZIP },
        Description: 'long '.repeat(MEGABYTES_5 / 5),
        Tags: { owner: OWNER },
      }),
    )
    await site
      .client(EC2Client)
      .send(new CreateTagsCommand({ Resources: [instances[0].id], Tags: [{ Key: 'Name', Value: NAME }] }))
    await world.type(['scan'])
  })
  afterAll(() => world?.[Symbol.asyncDispose]())

  test.each([['where'], ['asset'], ['history']])('%s shows them without passing anything through', async question => {
    const plain = await world.type([question, 'hostile'])
    const json = await world.type([question, 'hostile', '--json'])

    expect(plain.exit).toBe(0)
    expect(plain.output).toContain('eve')
    expect(plain.output.replaceAll('\n', '')).not.toMatch(UNSAFE)
    expect(json.output.replaceAll('\n', '')).not.toMatch(UNSAFE)
    expect(JSON.parse(json.output)).toMatchObject({ found: true })
  })

  test('a name with quotes is a name like any other', async () => {
    const { exit, output } = await world.type(['where', NAME])

    expect(exit).toBe(0)
    expect(output).toContain(world.shop.instances[0].id)
    expect((await world.type(['search', '--name', NAME, '--type', 'AWS::EC2::Instance'])).exit).toBe(0)
  })

  test('a config of five megabytes is kept whole', async () => {
    const [row] = await world.database.query<{ length: number }>(
      `select length(v.config ->> 'Description') as length from version v join asset a on a.id = v.asset where a.name = 'hostile'`,
    )
    expect(row?.length).toBe(MEGABYTES_5 - (MEGABYTES_5 % 5))
  })

  test('and a second scan finds nothing new in them', async () => {
    const { notes } = await world.type(['scan'])
    expect(notes).toContain(': 0 new, 0 changed, 0 gone')
  })
})

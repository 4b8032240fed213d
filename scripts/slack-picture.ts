// Draws a message as Slack shows it on a phone, for the docs: `node scripts/slack-picture.ts OUT.html WORDS < message.json`, and then
// `chromium --headless --no-sandbox --hide-scrollbars --force-device-scale-factor=2 --window-size=WIDTH,HEIGHT --screenshot=OUT.png OUT.html`.
// The message is what is posted to a response_url (test/slack/slack-double.ts holds it); WORDS are what was typed.
import { writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

const Piece = z.object({ text: z.string(), style: z.object({ bold: z.boolean() }).optional() })
const Section = z.object({ type: z.literal('rich_text_section'), elements: z.array(Piece) })
const List = z.object({ type: z.literal('rich_text_list'), indent: z.number(), elements: z.array(Section) })
const Plain = z.object({ text: z.string() })
const Block = z.discriminatedUnion('type', [
  z.object({ type: z.literal('rich_text'), elements: z.array(z.union([Section, List])) }),
  z.object({ type: z.literal('context'), elements: z.array(Plain) }),
  z.object({ type: z.literal('actions'), elements: z.array(z.object({ text: Plain })) }),
])
const Message = z.object({ blocks: z.array(Block), response_type: z.enum(['ephemeral', 'in_channel']) })

/** Drawn, as not every machine has a font with it. */
const EYE =
  '<svg width="14" height="9" viewBox="0 0 14 9" fill="none" stroke="#616061"><path d="M.7 4.5C3 1.2 5 .7 7 .7s4 .5 6.3 3.8C11 7.8 9 8.3 7 8.3S3 7.8.7 4.5z"/><circle cx="7" cy="4.5" r="1.8"/></svg>'

const [out, typed] = process.argv.slice(2)
if (out === undefined || typed === undefined) throw new Error('usage: slack-picture.ts OUT.html WORDS < message.json')
writeFileSync(out, page(Message.parse(JSON.parse(await text(process.stdin))), typed))

function page({ blocks, response_type: kind }: z.infer<typeof Message>, words: string): string {
  const seen = kind === 'ephemeral' ? `<div class="only">${EYE} Only visible to you</div>` : ''
  return `<!doctype html>
<meta charset="utf-8">
<title>Cadastre in Slack</title>
<style>
  body { margin: 0; background: #fff; color: #1d1c1d; font: 15px/1.46 Lato, "Helvetica Neue", "Liberation Sans", Arial, sans-serif }
  .phone { padding: 16px 16px 14px; box-sizing: border-box }
  .message { display: flex; gap: 10px }
  .face { flex: none; width: 38px; height: 38px; border-radius: 9px; background: #1d3557; color: #fff; font: bold 20px/38px "Liberation Sans", sans-serif; text-align: center }
  .body { min-width: 0 }
  .only { color: #616061; font-size: 13px; margin: 0 0 4px 48px }
  .name { font-weight: 900 }
  .app { background: #ebeaeb; color: #616061; font-size: 10px; font-weight: 700; border-radius: 3px; padding: 1px 4px; margin: 0 5px; vertical-align: 1px }
  .time { color: #616061; font-size: 12px }
  .block { margin: 4px 0 8px; white-space: pre-wrap; overflow-wrap: anywhere }
  ul { margin: 2px 0; padding-left: 22px }
  .context { color: #616061; font-size: 13px }
  .actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 10px 0 2px }
  .button { border: 1px solid #bbb; border-radius: 8px; padding: 4px 12px; font-weight: 700; font-size: 14px }
  .composer { margin-top: 14px; border: 1px solid #bbb; border-radius: 10px; padding: 9px 12px; display: flex; justify-content: space-between }
  .send { color: #007a5a }
</style>
<div class="phone">
${seen}
<div class="message"><div class="face">C</div><div class="body">
<div><span class="name">Cadastre</span><span class="app">APP</span><span class="time">9:41</span></div>
${blocks.map(block).join('\n')}
</div></div>
<div class="composer"><span>${escaped(words)}</span><span class="send">&#10148;</span></div>
</div>
`
}

function block(given: z.infer<typeof Block>): string {
  if (given.type === 'actions')
    return `<div class="actions">${given.elements.map(({ text }) => `<span class="button">${escaped(text.text)}</span>`).join('')}</div>`
  if (given.type === 'context')
    return `<div class="block context">${given.elements.map(({ text }) => escaped(text)).join('<br>')}</div>`
  const parts = given.elements.map(element =>
    element.type === 'rich_text_list'
      ? `<ul style="margin-left: ${20 * element.indent}px">${element.elements.map(item => `<li>${section(item)}</li>`).join('')}</ul>`
      : section(element),
  )
  return `<div class="block">${parts.join('')}</div>`
}

function section({ elements }: z.infer<typeof Section>): string {
  return elements.map(({ text, style }) => (style?.bold === true ? `<b>${escaped(text)}</b>` : escaped(text))).join('')
}

function escaped(raw: string): string {
  return raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

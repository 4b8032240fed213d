import { cellText } from '../../src/questions/answers/cell-text.ts'
import type { Message } from '../../src/surfaces/chat/chat.ts'

/** All words of a message. */
export function textOf({ headline, about, blocks, notes, now }: Message): string {
  const cells = blocks.flatMap(block =>
    block.kind === 'text'
      ? [block.text]
      : block.kind === 'fields'
        ? block.fields.flatMap(([name, cell]) => [name, cellText(cell, now)])
        : [...block.rows.flat(), ...(block.details?.flat() ?? [])].map(cell => cellText(cell, now)),
  )
  const titles = blocks.flatMap(block => (block.kind === 'text' ? [] : [block.title ?? '']))
  return [
    headline,
    ...titles,
    ...about.flatMap(([label, cell]) => [label, cellText(cell, now)]),
    ...cells,
    ...notes,
  ].join('\n')
}

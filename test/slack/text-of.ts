/** All text that people read in blocks of a message. */
export function textOf(blocks: unknown): string {
  if (Array.isArray(blocks)) return blocks.map(textOf).join('\n')
  if (typeof blocks !== 'object' || blocks === null) return ''
  const { text, elements, value: _, ...rest } = blocks as Record<string, unknown>
  const own = typeof text === 'string' ? text : textOf(text)
  const inner = Array.isArray(elements) ? elements.map(textOf).join(isRichText(blocks) ? '' : '\n') : ''
  return [own, inner, ...('fields' in rest ? [textOf(rest['fields'])] : [])].filter(part => part !== '').join('\n')
}

function isRichText(block: object): boolean {
  return 'type' in block && block.type === 'rich_text_section'
}

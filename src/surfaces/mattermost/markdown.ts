import { safe } from '../cli/safe.ts'

/** Shows nothing, and keeps two characters from meaning something together. */
const BREAK = '\u200b'

/**
 * Raw text as markdown that shows it as it is: no markup, mention, channel, hashtag, link, emoji or formula comes of it, and no cell or line
 * ends. Mattermost takes a backslash before its markup (https://docs.mattermost.com/collaborate/format-messages.html); what it finds by
 * itself in text is parted by a character that shows nothing.
 */
export function escaped(text: string): string {
  return (
    safe(text)
      .replace(/[\\`*_{}[\]()#+!|<>~-]/g, '\\$&')
      .replace(/^(\s*\d+)\.(?=\s|$)/, '$1\\.')
      .replace(/[@$]/g, `$&${BREAK}`)
      // The minutes of a time are no emoji.
      .replace(/:(?!\d\d:\d\d(?!\d))(?=\/\/|[\w+\\-]+:)/g, `:${BREAK}`)
      .replace(/www\./gi, www => `${www}${BREAK}`)
      .replace(/&(?=[#\w]+;)/g, `&${BREAK}`)
  )
}

/**
 * The same for one value: what would need a character that shows nothing is shown as code, so that it can be copied. In code nothing means
 * anything but what ends it, or the cell.
 */
export function escapedValue(text: string): string {
  const markdown = escaped(text)
  const plain = safe(text)
  return markdown.includes(BREAK) && !/[`|\\]/.test(plain) && plain.trim() !== '' ? `\`${plain}\`` : markdown
}

/** Lines that are shown as they are, in a fence that none of them ends. */
export function fenced(text: string): string {
  const lines = text.split('\n').map(safe)
  const longest = lines.flatMap(line => line.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0)
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return `${fence}\n${lines.join('\n')}\n${fence}`
}

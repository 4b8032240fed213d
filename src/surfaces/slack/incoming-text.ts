/**
 * What somebody typed, from what Slack made of it: `&`, `<` and `>` come as entities, and what Slack took for a link, a person or a channel
 * comes in angle brackets (https://docs.slack.dev/messaging/formatting-message-text). The label of a link is what was typed.
 */
export function typedText(text: string): string {
  return text
    .replace(/<([^<>|]*)(?:\|([^<>]*))?>/g, (_, target: string, label: string | undefined) => typed(target, label))
    .replace(/&(amp|lt|gt);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name])
    .trim()
}

/** The words of a mention without the mention itself. */
export function wordsOf(text: string, botUser: string | undefined): string {
  return typedText(botUser === undefined ? text : text.replaceAll(new RegExp(`<@${botUser}(?:\\|[^<>]*)?>`, 'g'), ' '))
}

const ENTITIES = { amp: '&', lt: '<', gt: '>' } as const

function typed(target: string, label: string | undefined): string {
  if (target.startsWith('@') || target.startsWith('#'))
    return label === undefined || label === '' ? target : `${target.charAt(0)}${label}`
  if (target.startsWith('!')) return label ?? `@${target.slice(1)}`
  return label ?? target.replace(/^mailto:/, '')
}

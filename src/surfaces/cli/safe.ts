/**
 * What may not reach a terminal as it is: control characters (C0, DEL, C1: they start escape sequences), marks that
 * change the direction of text, and characters that show nothing and so disguise a name (Unicode TR 36, "Trojan Source").
 */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu

/** Text from the cloud, or from anybody, on one line: what is unsafe is shown as its code point, such as `\u{1b}`. */
export function safe(text: string): string {
  return text.replace(UNSAFE, character => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`)
}

const BEYOND_ASCII = /[^\n -~]/

/** JSON text in which what is unsafe is written as `\u001b`, which means the same to every reader of JSON. */
export function safeJson(value: unknown, indent = 2): string {
  const text = JSON.stringify(value, undefined, indent)
  // JSON itself escapes what is unsafe in ASCII but for DEL; most answers have no other characters.
  if (!BEYOND_ASCII.test(text)) return text
  return text.replace(UNSAFE, character => (character === '\n' ? character : escaped(character)))
}

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')
}

/** What a person may type as a quote, by what opens it: straight ones as shells have them, and those that phones make of them. */
const CLOSING: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”“"',
  '”': '”“"',
  '„': '“”"',
  '«': '»',
  '‘': "’‘'",
  '’': "’‘'",
  '‚': "‘’'",
}
/** Marks that show nothing and come along with what is pasted: they are no part of a word's ends. Drivers put U+200B within, too. */
const INVISIBLE = /^[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+$/g

/**
 * The words of a command line, as a shell would part them: quotes hold blanks, a backslash takes the next character as it is. It is lenient
 * where people chat: an apostrophe within a word is one, a quote that never ends is a character, and the long dash that a phone makes of
 * `--` begins an option.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) at++
    else {
      const read = wordAt(text, at)
      words.push(read.word)
      at = read.end
    }
  }
  return words.filter(word => word !== '')
}

function wordAt(text: string, begin: number): { word: string; end: number } {
  let word = ''
  let at = begin
  let mayOpen = true
  while (at < text.length && !/\s/.test(text[at] ?? '')) {
    const character = text[at] ?? ''
    const end: number = mayOpen ? closingAt(text, at) : -1
    if (end > 0) {
      word += inner(text.slice(at + 1, end), character)
      at = end + 1
    } else if (character === '\\' && at + 1 < text.length) {
      word += text[at + 1]
      at += 2
      mayOpen = true
      continue
    } else {
      word += character
      at++
    }
    mayOpen = end > 0 || character === '='
  }
  const isQuoted = (text[begin] ?? '') in CLOSING
  return { word: isQuoted ? word : plainWord(word), end: at }
}

/** Where a quote that opens here ends; -1: none opens, or it never ends. */
function closingAt(text: string, at: number): number {
  const opening = text[at] ?? ''
  const closing = CLOSING[opening]
  if (closing === undefined) return -1
  for (let end = at + 1; end < text.length; end++) {
    if (opening === '"' && text[end] === '\\') end++
    else if (closing.includes(text[end] ?? '')) return end
  }
  return -1
}

function inner(text: string, quote: string): string {
  return quote === '"' ? text.replace(/\\(["\\])/g, '$1') : text
}

function plainWord(word: string): string {
  return word
    .replace(INVISIBLE, '')
    .replaceAll('\u200b', '')
    .replace(/^[—–](?=[A-Za-z])/, '--')
}

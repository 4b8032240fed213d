/** An element of an XML document. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  /** The text directly in it. */
  readonly text: string
  /** Where it stands in the document, tags included. */
  readonly from: number
  readonly to: number
}

const TAG =
  /<(?:\?[^>]*\?|!--.*?--|!\[CDATA\[(?<data>.*?)\]\]|(?<close>\/)?(?<name>[^\s>/!?]+)(?<attributes>[^>]*?)(?<empty>\/)?)>/gs

interface Open {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: Element[]
  readonly from: number
  text: string
}

/** The root element of a document as the APIs of AWS write them; undefined where there is none. */
export function parseXml(document: string): Element | undefined {
  const open: Open[] = [{ name: '', attributes: {}, children: [], from: 0, text: '' }]
  let at = 0
  for (const match of document.matchAll(TAG)) {
    const top = open.at(-1) as Open
    top.text += decoded(document.slice(at, match.index))
    at = match.index + match[0].length
    const { data, close, name, attributes = '', empty } = match.groups ?? {}
    if (data !== undefined) top.text += data
    if (name === undefined) continue
    if (close !== undefined) {
      if (open.length > 1) finish(open, at)
      continue
    }
    open.push({ name: local(name), attributes: attributesOf(attributes), children: [], from: match.index, text: '' })
    if (empty !== undefined) finish(open, at)
  }
  return open[0]?.children[0]
}

/** The child of that name; the first, if there are several. */
export function childOf(element: Element | undefined, name: string): Element | undefined {
  return element?.children.find(child => child.name === name)
}

function finish(open: Open[], to: number): void {
  const { text, ...done } = open.pop() as Open
  open.at(-1)?.children.push({ ...done, text: done.children.length > 0 ? text.trim() : text, to })
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function attributesOf(text: string): Record<string, string> {
  const found = text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)
  return Object.fromEntries([...found].map(([, name = '', double, single]) => [name, decoded(double ?? single ?? '')]))
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decoded(text: string): string {
  return text.includes('&')
    ? text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) => {
        if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
        if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
        return ENTITIES[name] ?? all
      })
    : text
}

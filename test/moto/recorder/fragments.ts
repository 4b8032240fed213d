import { type Element, parseXml } from './xml.ts'

/** Where, in a reply's text, one of several assets is described. */
interface Fragment {
  readonly from: number
  readonly to: number
}

/** Lists of EC2 stand at the second level; instances two below, in their reservations; other lists in a result. */
const DEPTH_MAX = 4

/** A reply in which an asset is described as it was in an earlier reply of the same operation; unchanged if it is not in both. */
export function withEarlier(reply: string, earlier: string, name: string): string {
  const [now, then] = [fragmentOf(reply, name), fragmentOf(earlier, name)]
  if (now === undefined || then === undefined) return reply
  return reply.slice(0, now.from) + earlier.slice(then.from, then.to) + reply.slice(now.to)
}

/** A reply from which an asset is missing. */
export function without(reply: string, name: string): string {
  const fragment = fragmentOf(reply, name)
  if (fragment === undefined) return reply
  if (reply.trimStart().startsWith('<')) return reply.slice(0, fragment.from) + reply.slice(fragment.to)
  // In JSON one comma goes with it.
  const [before, after] = [reply.slice(0, fragment.from), reply.slice(fragment.to)]
  if (/^\s*,/.test(after)) return before + after.replace(/^\s*,\s*/, '')
  return before.replace(/,\s*$/, '') + after
}

function fragmentOf(reply: string, name: string): Fragment | undefined {
  if (!reply.includes(name)) return undefined
  if (!reply.trimStart().startsWith('<')) return jsonFragment(reply, name)
  const root = parseXml(reply)
  return root === undefined ? undefined : shallowest([root], name)
}

/** The element nearest to the root that says the name in one of its own children: in a list, what the name stands for. */
function shallowest(level: readonly Element[], name: string, depth = 0): Fragment | undefined {
  if (level.length === 0 || depth > DEPTH_MAX) return undefined
  const found = depth < 2 ? undefined : level.find(({ children }) => children.some(child => child.text === name))
  return (
    found ??
    shallowest(
      level.flatMap(({ children }) => children),
      name,
      depth + 1,
    )
  )
}

/** The object in a list, or an answer's only object, that has the name as a value of its own. */
function jsonFragment(reply: string, name: string): Fragment | undefined {
  const quoted = JSON.stringify(name)
  for (let at = reply.indexOf(quoted); at >= 0; at = reply.indexOf(quoted, at + 1)) {
    if (!/:\s*$/.test(reply.slice(0, at))) continue
    const from = opening(reply, at)
    if (from > 0) return { from, to: closing(reply, from) }
  }
  return undefined
}

/** Strings with brackets in them are rare in replies; a fragment that is cut wrongly is not JSON and is not used. */
function opening(text: string, at: number): number {
  let depth = 0
  for (let from = at; from >= 0; from--) {
    if (text[from] === '}') depth++
    if (text[from] === '{' && depth-- === 0) return from
  }
  return -1
}

function closing(text: string, from: number): number {
  let depth = 0
  for (let to = from; to < text.length; to++) {
    if (text[to] === '{') depth++
    if (text[to] === '}' && --depth === 0) return to + 1
  }
  return text.length
}

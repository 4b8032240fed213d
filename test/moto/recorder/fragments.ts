import { type Element, parseXml } from './xml.ts'

/** Where, in a reply's text, one of several assets is described. */
interface Fragment {
  readonly from: number
  readonly to: number
}

/** Lists of EC2 stand at the second level; instances two below, in their reservations; other lists in a result. */
const DEPTH_MAX = 4

/** Whether a member is what names a thing of the operation's kind: `subnetId` in the reply of DescribeSubnets, where `vpcId` names another. */
export type Naming = (member: string) => boolean

/** A reply in which an asset is described as it was in an earlier reply of the same operation; unchanged if it is not in both. */
export function withEarlier(reply: string, earlier: string, name: string, isOwn: Naming): string {
  const [now, then] = [fragmentOf(reply, name, isOwn), fragmentOf(earlier, name, isOwn)]
  if (now === undefined || then === undefined) return reply
  return reply.slice(0, now.from) + earlier.slice(then.from, then.to) + reply.slice(now.to)
}

/** A reply from which an asset is missing. */
export function without(reply: string, name: string, isOwn: Naming): string {
  const fragment = fragmentOf(reply, name, isOwn)
  if (fragment === undefined) return reply
  if (reply.trimStart().startsWith('<')) return reply.slice(0, fragment.from) + reply.slice(fragment.to)
  // In JSON one comma goes with it.
  const [before, after] = [reply.slice(0, fragment.from), reply.slice(fragment.to)]
  if (/^\s*,/.test(after)) return before + after.replace(/^\s*,\s*/, '')
  return before.replace(/,\s*$/, '') + after
}

function fragmentOf(reply: string, name: string, isOwn: Naming): Fragment | undefined {
  if (!reply.includes(name)) return undefined
  if (!reply.trimStart().startsWith('<')) return jsonFragment(reply, name, isOwn)
  const root = parseXml(reply)
  return root === undefined ? undefined : shallowest([root], name, isOwn)
}

/** The element nearest to the root that says the name in one of its own children: in a list, what the name stands for. */
function shallowest(level: readonly Element[], name: string, isOwn: Naming, depth = 0): Fragment | undefined {
  if (level.length === 0 || depth > DEPTH_MAX) return undefined
  const says = ({ children }: Element) => children.some(child => child.text === name && isOwn(child.name))
  const found = depth < 2 ? undefined : level.find(says)
  const below = () => level.flatMap(({ children }) => children)
  return found ?? shallowest(below(), name, isOwn, depth + 1)
}

/** The object in a list, or an answer's only object, that has the name as a value of its own. */
function jsonFragment(reply: string, name: string, isOwn: Naming): Fragment | undefined {
  const quoted = JSON.stringify(name)
  for (let at = reply.indexOf(quoted); at >= 0; at = reply.indexOf(quoted, at + 1)) {
    const member = /"([^"]*)"\s*:\s*$/.exec(reply.slice(Math.max(0, at - MEMBER_LENGTH_MAX), at))?.[1]
    if (member === undefined || !isOwn(member)) continue
    const from = opening(reply, at)
    if (from > 0) return { from, to: closing(reply, from) }
  }
  return undefined
}

const MEMBER_LENGTH_MAX = 200

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

import { accountText } from './asset-ref.ts'
import type { Cell } from './blocks.ts'
import { whenText } from './instant.ts'

/** A value as people read it. Names from the cloud are in it as they are: surfaces make it safe to show. */
export function cellText(cell: Cell, now: number): string {
  if (cell === null) return '-'
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no'
  if (typeof cell === 'number') return cell.toLocaleString('en')
  if (typeof cell === 'string') return cell
  if ('time' in cell) return timeText(cell.time, now)
  if ('moment' in cell) return momentText(cell.moment)
  if ('text' in cell) return cell.text
  return accountText(cell)
}

/** `2026-11-22 06:30Z (3 hours ago)` */
export function timeText(iso: string, now: number): string {
  const ms = Date.parse(iso)
  return Number.isNaN(ms) ? iso : whenText(ms, now)
}

/** `2026-11-22 06:30:12` */
function momentText(iso: string): string {
  return iso.replace('T', ' ').replace(/(?:\.\d+)?Z$/, '')
}

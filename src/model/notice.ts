import type { Event } from './event.ts'

/**
 * Whether an event only reports that something happened, as against a record of the call that made it happen: EventBridge's own events and
 * items of AWS Config. They make sure that nothing is missed; who was behind it they do not know.
 */
export function isNotice({ source }: Pick<Event, 'source'>): boolean {
  return source.startsWith('aws.')
}

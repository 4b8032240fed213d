import { newReader } from './simulated.ts'

export const reader = newReader()

/** What a message touches, in a line for each asset; or what became of it. */
export function said(message: unknown): readonly string[] {
  const { incoming, files } = reader.readTexts([JSON.stringify(message)], 'test')
  const { events, rejected, counts } = incoming
  return [
    ...events.flatMap(({ outcome }) =>
      outcome.kind === 'mapped'
        ? outcome.assets.map(({ type, id, account, region, action }) => `${action} ${account} ${region} ${type} ${id}`)
        : [outcome.kind],
    ),
    ...files.map(({ bucket, key, region }) => `${bucket} ${key} ${region ?? '?'}`),
    ...(counts.ignored > 0 ? ['ignored'] : []),
    ...rejected.map(({ reason }) => `rejected: ${reason}`),
  ]
}

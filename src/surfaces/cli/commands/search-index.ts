import { parseArgs } from 'node:util'
import { openSearch } from '../../../compose/search.ts'
import { openStore } from '../../../compose.ts'
import { readConfig } from '../../../config.ts'
import { messageOf } from '../../../model/fault.ts'
import type { SearchLag } from '../../../ports/search.ts'
import { type RefusedAsset, refusedAssets } from '../../../store/search/store-feed.ts'
import { type Command, EXIT, UsageError } from '../command.ts'
import { startProgress } from '../progress.ts'
import { safe, safeJson } from '../safe.ts'

export default {
  name: 'search-index',
  summary: 'How far the search index is, and what it refused; `rebuild` makes it anew from the store.',
  help: `cadastre search-index: how far the search index is behind the store, and what it refused.

Usage: cadastre search-index [rebuild] [--json]

  rebuild  make the index anew from the store; the one that is there answers until then. It may be stopped at any time: a running
           \`cadastre up\` goes on with it, and the same command begins anew
  --json   print one JSON document

The index is PostgreSQL's own, or that of OpenSearch or Elasticsearch where "search" of cadastre.json names one. docs/search.md has the rest.

Exit codes: 0 all is searchable, 1 something waits or was refused, 2 wrong usage, 3 the rebuilding was interrupted.

  cadastre search-index
  cadastre search-index rebuild
`,
  flags: ['--json'],
  async run(args, terminal) {
    const { isRebuild, json } = parsed(args)
    const config = readConfig(terminal.environment)
    await using database = await openStore(terminal.environment)
    const search = await openSearch(config, database, error => terminal.note(safe(messageOf(error))))
    if (isRebuild) {
      using progress = startProgress(terminal, 'Rebuilding the search index')
      const onProgress = (share: number) => progress.update({ done: Math.round(share * 1_000), total: 1_000 })
      if (!(await search.rebuild(terminal.signal, onProgress))) {
        terminal.note('Interrupted. What is there goes on to answer.')
        return EXIT.unreadable
      }
      progress.finish('everything is searchable')
    }
    const { driver, index } = config.search
    const lag = await search.lag(Date.now())
    const refused = await refusedAssets(database)
    const isCurrent = lag.pending === 0 && lag.problem === undefined
    if (json)
      await terminal.write(`${safeJson({ driver, index: driver === 'postgres' ? null : index, ...lag, refused })}\n`)
    else await terminal.write(`${linesOf(driver, lag, refused).map(safe).join('\n')}\n`)
    return isCurrent ? EXIT.found : EXIT.nothing
  },
} satisfies Command

function linesOf(
  driver: string,
  { pending, isExact, lagMs, problem }: SearchLag,
  refused: readonly RefusedAsset[],
): string[] {
  const changes = pending === 1 ? '1 change is' : `${pending.toLocaleString('en')} changes are`
  const waiting = `${isExact ? '' : 'at least '}${changes} not searchable yet, for ${Math.round(lagMs / 1_000)} s`
  const behind = pending === 0 ? 'everything is searchable' : waiting
  return [
    `${driver}: ${behind}`,
    ...(problem === undefined ? [] : [problem]),
    ...refused.map(({ nativeId, type, account, reason }) => `refused: ${nativeId} (${type} in ${account}): ${reason}`),
  ]
}

function parsed(args: readonly string[]): { isRebuild: boolean; json: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const [verb, ...more] = positionals
    if ((verb !== undefined && verb !== 'rebuild') || more.length > 0)
      throw new UsageError(`search-index takes \`rebuild\` or nothing, not ${positionals.join(' ')}`)
    return { isRebuild: verb === 'rebuild', json: values.json }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

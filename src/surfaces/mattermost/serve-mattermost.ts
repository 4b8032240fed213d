import type { Routes } from '../http/server.ts'
import { type MattermostCounts, noCounts } from './counts.ts'
import { type MattermostParts, mattermostRoutes } from './mattermost.ts'

export interface ServedMattermost {
  readonly routes: Routes
  /** Since the process began. */
  readonly counts: Readonly<MattermostCounts>
}

/** Mattermost beside whatever else a process serves; it comes to us, there is nothing to connect to. */
export function serveMattermost(
  parts: Omit<MattermostParts, 'counts'> & { note(text: string): void },
): ServedMattermost {
  const counts = noCounts()
  const { url, publicUrl } = parts.settings
  const buttons = publicUrl === undefined ? ', without buttons until mattermost.publicUrl is set' : ''
  parts.note(`answering in Mattermost: commands of ${url} to /mattermost/command${buttons}`)
  return { routes: mattermostRoutes({ ...parts, counts }), counts }
}

/** Somebody who asks, as the surface that they came through knows them for certain: signed, by token, by login. */
export interface Principal {
  /** `token:NAME`, `oidc:SUB`, `slack:TEAM:USER`, `mattermost:USER`, `local`. */
  readonly id: string
  /** For people: logs and messages. */
  readonly name: string
  /** `slack-group:S…`, `oidc-group:…`. */
  readonly groups: readonly string[]
}

/** Whoever has the database itself: the command line on the machine where it is. */
export const LOCAL: Principal = { id: 'local', name: 'local', groups: [] }

/** The ways to come with a question. */
export const SURFACES = ['cli', 'http', 'slack', 'mattermost', 'mcp'] as const
export type Surface = (typeof SURFACES)[number]

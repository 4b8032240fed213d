import { COMPANY } from './plan.ts'

export interface Tag {
  Key: string
  Value: string
}

/** The tags every asset of a service carries, as most services take them. */
export function tagList(name: string, team: string, more: Readonly<Record<string, string>> = {}): Tag[] {
  return Object.entries({ Name: name, ...tagRecord(team), ...more }).map(([Key, Value]) => ({ Key, Value }))
}

/** The same without a name, as a record. */
export function tagRecord(team: string): Record<string, string> {
  return { team, company: COMPANY, 'managed-by': 'terraform' }
}

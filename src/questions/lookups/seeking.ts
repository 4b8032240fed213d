import type { IdentifierKind } from '../../model/asset.ts'
import { ResourceTypeName } from '../../model/identity.ts'
import type { SoughtValue } from '../../ports/live-source.ts'
import { soughtOf } from './sought.ts'

/** What a text asks for, as other sources look for it; undefined: a network is no value of an asset. */
export function seekingOf(text: string, types?: readonly string[]): SoughtValue | undefined {
  const sought = soughtOf(text)
  const only = types && { types: types.map(type => ResourceTypeName.parse(type)) }
  if (sought.kind === 'network') return undefined
  if (sought.kind === 'address') return { kinds: ['private-ip', 'public-ip'], values: [sought.address], ...only }
  return { kinds: kindsOf(sought.values), values: sought.values, ...only }
}

function kindsOf([bare = '']: readonly string[]): readonly IdentifierKind[] {
  if (bare.startsWith('arn:')) return ['arn']
  if (/^(?:akia|asia)[a-z2-7]{12,}$/i.test(bare)) return ['access-key']
  return /^[^/\s]+\.[a-z][^./\s]*\.?$/i.test(bare) ? ['dns', 'name', 'id'] : ['id', 'name']
}

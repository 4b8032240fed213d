import type { TouchedAsset } from './change.ts'
import { AccountId, type AssetIdentity, type Provider, Region, ResourceTypeName } from './identity.ts'

type Touched = Pick<TouchedAsset, 'account' | 'region' | 'type' | 'id'>

/**
 * A reader of which asset it is that an event touched; undefined for what no registry can hold: accounts that the record does not tell,
 * made-up regions. Each account, region and type is parsed once, so that one reader serves a batch, whose contents are few.
 */
export function touchedReader(): (provider: Provider, touched: Touched) => AssetIdentity | undefined {
  const accountOf = remembering(text => (text === UNTOLD ? undefined : AccountId.safeParse(text).data))
  const regionOf = remembering(text => (text === UNTOLD ? undefined : Region.safeParse(text).data))
  const typeOf = remembering(text => ResourceTypeName.safeParse(text).data)
  return (provider, touched) => {
    const [account, region, type] = [accountOf(touched.account), regionOf(touched.region), typeOf(touched.type)]
    if (account === undefined || region === undefined || type === undefined || touched.id === '') return undefined
    return { provider, account, region, type, nativeId: touched.id }
  }
}

/** What stands for an account or a region that a record does not tell. */
const UNTOLD = 'unknown'

function remembering<Value>(parse: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>()
  return text => {
    const value = known.get(text)
    if (value !== undefined || known.has(text)) return value as Value
    const parsed = parse(text)
    known.set(text, parsed)
    return parsed
  }
}

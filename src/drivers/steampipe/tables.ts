import { BALANCING } from './tables/balancing.ts'
import { COMPUTE } from './tables/compute.ts'
import { DATABASES } from './tables/databases.ts'
import { IDENTITY } from './tables/identity.ts'
import { NAMES } from './tables/names.ts'
import { NETWORK } from './tables/network.ts'
import { STORAGE } from './tables/storage.ts'

/** Every table of Steampipe's AWS plugin that is read. A type may have several. */
export const TABLES = [...NETWORK, ...COMPUTE, ...BALANCING, ...DATABASES, ...IDENTITY, ...NAMES, ...STORAGE]

import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { constants, gunzipSync } from 'node:zlib'
import type { Api, Metadata, Model } from './model.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** Enough of a model's file to hold its metadata, which comes first. */
const HEAD_BYTES = 2048

/** Every API that botocore knows. Only the heads are read at first: a whole model when its service is first called. */
export class Catalogue {
  readonly #folder: string
  /** Folder and file of each API, by the name that its calls are signed for. */
  readonly #files: ReadonlyMap<string, readonly { readonly name: string; readonly file: string }[]>
  readonly #loaded = new Map<string, Api>()

  constructor(folder = botocoreFolder()) {
    this.#folder = folder
    const heads = readdirSync(folder, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(({ name }) => {
        const version = readdirSync(join(folder, name)).sort().at(-1) ?? ''
        const file = join(name, version, 'service-2.json.gz')
        const { signingName, endpointPrefix } = readHead(join(folder, file))
        return { name, file, signedFor: signingName ?? endpointPrefix }
      })
    this.#files = Map.groupBy(heads, head => head.signedFor)
  }

  /** The APIs whose calls are signed for this name, the one of the same name first. */
  signedFor(service: string): readonly Api[] {
    const files = this.#files.get(service) ?? []
    return files
      .toSorted((a, b) => Number(b.name === service) - Number(a.name === service))
      .map(file => this.#load(file))
  }

  #load({ name, file }: { readonly name: string; readonly file: string }): Api {
    const known = this.#loaded.get(name)
    if (known !== undefined) return known
    const model = JSON.parse(gunzipSync(readFileSync(join(this.#folder, file))).toString()) as Model
    const api = { name, model }
    this.#loaded.set(name, api)
    return api
  }
}

function botocoreFolder(): string {
  const lib = join(ROOT, '.venv/lib')
  const python = existsSync(lib) ? readdirSync(lib).find(name => name.startsWith('python')) : undefined
  if (python === undefined) throw new Error('The models of AWS are not installed: run `node scripts/setup.js --moto`.')
  return join(lib, python, 'site-packages/botocore/data')
}

function readHead(path: string): Metadata {
  const file = openSync(path, 'r')
  const bytes = Buffer.alloc(HEAD_BYTES)
  const length = readSync(file, bytes)
  closeSync(file)
  const text = gunzipSync(bytes.subarray(0, length), { finishFlush: constants.Z_SYNC_FLUSH }).toString()
  const from = text.indexOf('{', text.indexOf('"metadata"'))
  let depth = 0
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return JSON.parse(text.slice(from, at + 1)) as Metadata
  }
  throw new Error(`${path} does not begin with metadata`)
}

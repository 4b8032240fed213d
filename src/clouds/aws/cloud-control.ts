import {
  CloudControlClient,
  GetResourceCommand,
  paginateListResources,
  type ResourceDescription,
} from '@aws-sdk/client-cloudcontrol'
import { addressesIn } from './cloud-control-addresses.ts'
import type { ControlFacts, Parent } from './cloud-control-facts.ts'
import { gather, oneByOne } from './describe.ts'
import { defineResource, type Edge, edges, identifiers, type Place, type ResourceType, tagsOf } from './resource.ts'

/** The properties of an asset as CloudFormation names them, and the identifier by which Cloud Control knows it. */
export type ControlItem = Readonly<Record<string, unknown>> & { readonly Identifier: string }

/** Errors that say that a type does not exist in a region, or cannot be read there: no failure, but nothing read either. */
export const NOT_OFFERED = ['TypeNotFoundException', 'UnsupportedActionException'] as const

/** The properties of its parents that a list call is given. */
type Model = Readonly<Record<string, string>>

const GONE = ['ResourceNotFoundException']
/** How many assets with a common parent one page of a list holds. */
const PAGE_SIZE = 100

/** Types that only Cloud Control reads: all but those that have a file of their own, which know more. */
export function cloudControlTypes(
  facts: ReadonlyMap<string, ControlFacts>,
  except: ReadonlySet<string>,
): ReadonlyMap<string, ResourceType<CloudControlClient, ControlItem>> {
  const rest = [...facts].filter(([type]) => !except.has(type))
  return new Map(rest.map(([type, known]) => [type, cloudControlType(type, known)]))
}

/** One type, read by the Cloud Control API: the same two calls for every type, whose own handlers act with our permissions. */
export function cloudControlType(type: string, facts: ControlFacts): ResourceType<CloudControlClient, ControlItem> {
  const [, service = '', noun = ''] = type.split('::')
  return defineResource<CloudControlClient, ControlItem>({
    type,
    title: `${service} ${noun.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()}`,
    service: 'cloudcontrolapi',
    scope: facts.global === true ? 'global' : 'regional',
    cadence: 'rest',
    permissions: ['cloudformation:GetResource', 'cloudformation:ListResources', ...facts.permissions],
    ...(facts.unlistable === true ? { listable: false } : {}),
    client: settings => new CloudControlClient(settings),
    /** A list often holds identifiers only, so every asset is asked for. */
    async *list(client, place) {
      if (facts.unlistable === true) throw new Error(`${type} cannot be listed: its assets are known by their events`)
      for await (const model of resourceModels(client, facts.parents ?? {}, place))
        for await (const page of listed(client, type, model))
          yield this.describe(
            client,
            page.flatMap(({ Identifier }) => Identifier ?? []),
            place,
          )
    },
    describe(client, ids) {
      return oneByOne(ids, GONE, Identifier => read(client, type, Identifier))
    },
    gone: GONE,
    id: item => item.Identifier,
    arn: item => textAt(item, facts.arn),
    name: item => textAt(item, facts.name),
    tags: item => tagsOf(facts.tags === undefined ? [] : item[facts.tags]),
    identifiers: item => [
      ...identifiers('id', ...(facts.ids ?? []).map(property => textAt(item, property))),
      ...addressesIn(item),
    ],
    edges: item => (facts.edges ?? []).flatMap(([kind, property]) => edgesTo(kind, item[property])),
    unordered: facts.tags === undefined ? [] : [facts.tags],
    secrets: facts.secrets ?? [],
    example: { item: { Identifier: 'example' }, asset: { id: 'example' } },
  })
}

async function read(
  client: CloudControlClient,
  TypeName: string,
  Identifier: string,
): Promise<ControlItem | undefined> {
  const { ResourceDescription } = await client.send(new GetResourceCommand({ TypeName, Identifier }))
  if (ResourceDescription === undefined) return undefined
  return { ...propertiesOf(ResourceDescription), Identifier: ResourceDescription.Identifier ?? Identifier }
}

/** The list below one parent. A parent that went away meanwhile has nothing below it. */
async function* listed(
  client: CloudControlClient,
  TypeName: string,
  model: Model,
): AsyncGenerator<readonly ResourceDescription[]> {
  const hasParent = Object.keys(model).length > 0
  const ResourceModel = hasParent ? { ResourceModel: JSON.stringify(model) } : {}
  try {
    for await (const page of paginateListResources({ client, pageSize: PAGE_SIZE }, { TypeName, ...ResourceModel }))
      yield page.ResourceDescriptions ?? []
  } catch (error) {
    if (!hasParent || !(error instanceof Error && GONE.includes(error.name))) throw error
  }
}

/** Every combination of the values that a list call needs; one empty model where it needs none. */
async function* resourceModels(
  client: CloudControlClient,
  parents: Readonly<Record<string, Parent>>,
  place: Place,
): AsyncGenerator<Model> {
  let models: readonly Model[] = [{}]
  for (const [property, parent] of Object.entries(parents)) {
    const below = 'type' in parent ? (parent.below ?? []) : []
    const common = below.length === 0 ? await valuesOf(client, parent, {}, place) : undefined
    const found = await oneByOne(models, [], async model => {
      const values = common ?? (await valuesOf(client, parent, pick(model, below), place))
      return values.map(value => ({ ...model, [property]: value }))
    })
    models = found.flat()
  }
  yield* models
}

function pick(model: Model, properties: readonly string[]): Model {
  return Object.fromEntries(Object.entries(model).filter(([property]) => properties.includes(property)))
}

async function valuesOf(client: CloudControlClient, parent: Parent, model: Model, place: Place): Promise<string[]> {
  if ('values' in parent) return parent.values.filter(value => existsIn(value, place))
  if ('place' in parent) return [place.account]
  return valuesOfType(client, parent, model)
}

/** What is of CloudFront (web ACLs, for example) is asked for in one region only. */
function existsIn(value: string, { region }: Place): boolean {
  return value !== 'CLOUDFRONT' || region === 'us-east-1'
}

/** The property of every asset of the parent's type; the list may leave it out, the single reply does not. */
async function valuesOfType(
  client: CloudControlClient,
  { type, property }: { readonly type: string; readonly property: string },
  model: Model,
): Promise<string[]> {
  const parents = await gather(listed(client, type, model), page => page)
  const values = await oneByOne(parents, GONE, async parent => {
    const known = propertiesOf(parent)[property]
    if (typeof known === 'string') return known
    const whole = await read(client, type, parent.Identifier ?? '')
    return whole === undefined ? undefined : textAt(whole, property)
  })
  return [...new Set(values)]
}

function propertiesOf({ Properties }: ResourceDescription): Readonly<Record<string, unknown>> {
  return Properties === undefined ? {} : (JSON.parse(Properties) as Record<string, unknown>)
}

function textAt(item: ControlItem, property: string | undefined): string | undefined {
  const value = property === undefined ? undefined : item[property]
  return typeof value === 'string' ? value : undefined
}

function edgesTo(kind: string, value: unknown): Edge[] {
  const targets = [value].flat().filter(target => typeof target === 'string')
  return edges(kind, ...targets)
}

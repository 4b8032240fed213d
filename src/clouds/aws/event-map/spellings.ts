/**
 * How some services spell an id other than as the id: a path before it, a qualifier behind it, another thing's name in
 * its place. Undefined: this value does not name the asset.
 */
export function spelled(type: string, raw: string): string | undefined {
  const value = raw.startsWith('arn%3A') ? decoded(raw) : raw
  const rule = SPELLINGS[type]
  if (rule !== undefined) return rule(value)
  return LOWERED.test(type) && !value.startsWith('arn:') ? value.toLowerCase() : value
}

/** ARNs in a URI are written as URIs write them. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Services that store their identifiers in lower case, however the request wrote them. */
const LOWERED = /^AWS::(?:DocDB|ElastiCache|MemoryDB|Neptune|RDS|Redshift)::/

/** Types that any part of their identifier finds, so that what the event lacks of it is left out. */
const PARTIAL: ReadonlySet<string> = new Set(['AWS::EC2::EIP'])

/** Whether a part of this type's identifier may be missing. */
export function isPartial(type: string): boolean {
  return PARTIAL.has(type)
}

/** What joins the parts of an identifier: CloudFormation's `|`, but where the service has a joined id of its own. */
export function joined(type: string, parts: readonly string[]): string {
  return parts.join(type === 'AWS::EKS::Nodegroup' ? '/' : '|')
}

const SCOPES: Readonly<Record<string, string>> = { regional: 'REGIONAL', global: 'CLOUDFRONT' }

/** How a part stands in an ARN, as against in the identifier: WAF's ARNs say `regional`, its identifiers `REGIONAL`. */
export function partSpelled(part: string, value: string | undefined): string | undefined {
  return part === 'Scope' && value !== undefined ? (SCOPES[value] ?? value) : value
}

/** What IAM's events call the root user, who is no user in the inventory's sense. */
const ROOT = 'AWS ROOT USER'

const SPELLINGS: Readonly<Record<string, (value: string) => string | undefined>> = {
  'AWS::CloudFormation::HookTypeConfig': value => only(/:type-configuration\/hook\//, value),
  'AWS::CloudFormation::HookVersion': value => only(/:type\/hook\//, value),
  'AWS::CloudFormation::ModuleVersion': value => only(/:type\/module\//, value),
  'AWS::CloudFormation::ResourceVersion': value => only(/:type\/resource\//, value),
  'AWS::EFS::AccessPoint': value => not(/(?:^|\/)fs-/, value),
  'AWS::EFS::FileSystem': value => not(/(?:^|\/)fsap-/, value),
  'AWS::EMR::Cluster': value => not(/(?:^|\/)es?-/, value),
  'AWS::EMR::Studio': value => not(/(?:^|\/)(?:j|e)-/, value),
  'AWS::IAM::User': value => (value === ROOT ? undefined : value),
  'AWS::KMS::Key': value => (/(^|:)alias\//.test(value) ? undefined : value),
  'AWS::Lambda::Function': functionName,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::Organizations::Account': value => not(/(?:^|\/)(?:h|ou|p|r|rp)-/, value),
  'AWS::Organizations::OrganizationalUnit': value => only(/(?:^|\/)ou-/, value),
  'AWS::Organizations::Policy': value => only(/(?:^|\/)p-/, value),
  'AWS::Route53::HealthCheck': lastSegment,
  'AWS::Route53::HostedZone': lastSegment,
  'AWS::Route53::RecordSet': lastSegment,
  'AWS::SNS::Subscription': value => (value.startsWith('arn:') ? value : undefined),
}

/** Where one member names things of several types, the form of the id tells which: this type's ids look like this. */
function only(form: RegExp, value: string): string | undefined {
  return form.test(value) ? value : undefined
}

/** The same, where it is the other types' ids that can be told by their form. */
function not(form: RegExp, value: string): string | undefined {
  return form.test(value) ? undefined : value
}

/** Log groups' ARNs may end in `:*`, which means their streams. */
function logGroup(value: string): string | undefined {
  if (value.includes(':query-result:')) return undefined
  return value.startsWith('arn:') && value.endsWith(':*') ? value.slice(0, -2) : value
}

/** Route 53 answers with `/hostedzone/Z123`, and is asked with or without it. */
function lastSegment(value: string): string {
  return /^\/(hostedzone|healthcheck|change)\//.test(value) ? (value.split('/').at(-1) ?? value) : value
}

/** A function is called by name, `name:qualifier`, `account:function:name[:qualifier]`, or its ARN with a qualifier. */
function functionName(value: string): string {
  const marked = value.split(':function:')
  if (marked.length > 1)
    return value.startsWith('arn:') ? value.split(':').slice(0, 7).join(':') : (marked[1]?.split(':')[0] ?? value)
  if (value.startsWith('function:')) return value.split(':')[1] ?? value
  return value.startsWith('arn:') ? value : (value.split(':')[0] ?? value)
}

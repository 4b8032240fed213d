/**
 * How some services spell an id other than as the id: a path before it, a qualifier behind it, another thing's name in
 * its place. Undefined: this value does not name the asset.
 */
export function spelled(type: string, value: string): string | undefined {
  const rule = SPELLINGS[type]
  return rule === undefined ? value : rule(value)
}

const SPELLINGS: Readonly<Record<string, (value: string) => string | undefined>> = {
  'AWS::KMS::Key': value => (/(^|:)alias\//.test(value) ? undefined : value),
  'AWS::Lambda::Function': functionName,
  'AWS::Route53::HealthCheck': lastSegment,
  'AWS::Route53::HostedZone': lastSegment,
  'AWS::Route53::RecordSet': lastSegment,
  'AWS::CloudFormation::Stack': value => value,
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

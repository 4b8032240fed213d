import type { Tool } from '../../../model/actor.ts'

/**
 * What makes calls with which user agent. Order decides: a wrapper names itself next to the SDK under it
 * (`APN/1.0 HashiCorp/1.0 Terraform/1.9 … aws-sdk-go-v2/1.30`), so tools stand before the SDKs they are built with.
 */
const TOOLS: readonly (readonly [mark: string, name: string])[] = [
  ['terraform-provider-awscc/', 'terraform'],
  ['opentofu/', 'opentofu'],
  ['terraform/', 'terraform'],
  ['terraform-provider-aws/', 'terraform'],
  ['terragrunt/', 'terragrunt'],
  ['pulumi/', 'pulumi'],
  ['pulumi-', 'pulumi'],
  ['crossplane', 'crossplane'],
  ['aws-cdk/', 'aws-cdk'],
  ['cdk-hotswap/', 'aws-cdk'],
  ['aws-sam-cli/', 'aws-sam-cli'],
  ['eksctl', 'eksctl'],
  ['kubectl', 'kubectl'],
  ['karpenter', 'karpenter'],
  ['cluster-autoscaler', 'cluster-autoscaler'],
  ['elbv2.k8s.aws/', 'aws-load-balancer-controller'],
  ['external-dns', 'external-dns'],
  ['aws-ebs-csi-driver', 'aws-ebs-csi-driver'],
  ['kops/', 'kops'],
  ['ansible/', 'ansible'],
  ['packer/', 'packer'],
  ['serverless', 'serverless'],
  ['copilot-cli', 'aws-copilot'],
  ['cloud-custodian', 'cloud-custodian'],
  ['c7n/', 'cloud-custodian'],
  ['steampipe', 'steampipe'],
  ['cloudquery', 'cloudquery'],
  ['prowler', 'prowler'],
  ['stratus-red-team', 'stratus-red-team'],
  ['s3browser', 's3-browser'],
  ['cyberduck', 'cyberduck'],
  ['rclone/', 'rclone'],
  ['amazon-ssm-agent', 'amazon-ssm-agent'],
  ['amazonaws.com/amazon-vpc-cni', 'amazon-vpc-cni'],
  ['aws-toolkit-', 'aws-toolkit'],
  ['aws-vault', 'aws-vault'],
  ['awspowershell', 'aws-powershell'],
  ['aws-tools/powershell', 'aws-powershell'],
  ['cloudshell', 'cloudshell'],
  ['aws-cli/', 'aws-cli'],
  ['cloudformation.amazonaws.com', 'cloudformation'],
  ['console', 'console'], // [S3Console/0.4], RDS Console, console.amazonaws.com
  ['signin.amazonaws.com', 'console'],
  ['boto3/', 'boto3'],
  ['botocore/', 'boto3'],
  ['boto/', 'boto'],
  ['aws-sdk-go-v2/', 'aws-sdk-go'],
  ['aws-sdk-go/', 'aws-sdk-go'],
  ['aws-sdk-java/', 'aws-sdk-java'],
  ['aws-sdk-kotlin/', 'aws-sdk-kotlin'],
  ['aws-sdk-js/', 'aws-sdk-js'],
  ['aws-sdk-nodejs/', 'aws-sdk-js'],
  ['aws-sdk-dotnet', 'aws-sdk-net'],
  ['aws-sdk-net', 'aws-sdk-net'],
  ['aws-sdk-ruby', 'aws-sdk-ruby'],
  ['aws-sdk-php', 'aws-sdk-php'],
  ['aws-sdk-rust/', 'aws-sdk-rust'],
  ['aws-sdk-cpp/', 'aws-sdk-cpp'],
  ['aws-sdk-swift/', 'aws-sdk-swift'],
  ['aws-internal', 'aws-internal'],
  ['aws internal', 'aws-internal'],
  ['postman', 'postman'],
  ['curl/', 'curl'],
  ['mozilla/', 'console'], // a browser: the console's pages call some services directly
]

/** User agents repeat: a real trail has a few hundred of them. A bound, because they come from outside. */
const REMEMBERED_MAX = 5_000
const USER_AGENT_CHARS_MAX = 1_000

/** A reader of user agents that remembers what it has read, so that the table is not searched for every event. */
export function toolReader(): (userAgent: string | undefined) => Tool | undefined {
  const remembered = new Map<string, Tool>()
  return userAgent => {
    if (userAgent === undefined) return undefined
    const known = remembered.get(userAgent)
    if (known) return known
    const tool = toolOf(userAgent.slice(0, USER_AGENT_CHARS_MAX))
    if (remembered.size >= REMEMBERED_MAX) remembered.clear()
    remembered.set(userAgent, tool)
    return tool
  }
}

function toolOf(userAgent: string): Tool {
  const lower = userAgent.toLowerCase()
  for (const [mark, name] of TOOLS) {
    const at = lower.indexOf(mark)
    if (at < 0) continue
    const version = mark.endsWith('/') && name !== 'console' ? versionAt(userAgent, at + mark.length) : undefined
    return version ? { name, version } : { name }
  }
  if (lower.endsWith('.amazonaws.com')) return { name: userAgent }
  const [product = '', version] = (userAgent.trim().split(/[\s;,[\]]+/, 1)[0] ?? '').split('/')
  return version ? { name: product || 'unknown', version } : { name: product || 'unknown' }
}

function versionAt(userAgent: string, at: number): string | undefined {
  return /^[\w.+-]+/.exec(userAgent.slice(at, at + 40))?.[0]
}

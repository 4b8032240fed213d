import { describe, expect, test } from 'vitest'
import { toolReader } from './tool.ts'

const USER_AGENTS: [userAgent: string, name: string, version?: string][] = [
  [
    'APN/1.0 HashiCorp/1.0 Terraform/1.1.2 (+https://www.terraform.io) terraform-provider-aws/3.76.1 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go/1.44.157 (go1.19.3; linux; amd64)',
    'terraform',
    '1.1.2',
  ],
  ['[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.488 Linux/5.4.242]', 'console'],
  ['RDS Console, aws-internal/3 aws-sdk-java/1.11.975 Linux/5.10.184', 'console'],
  ['Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0', 'console'],
  ['signin.amazonaws.com', 'console'],
  ['cloudformation.amazonaws.com', 'cloudformation'],
  ['aws-cli/2.15.30 Python/3.11.8 Linux/6.1 exe/x86_64 prompt/off command/ec2.run-instances', 'aws-cli', '2.15.30'],
  ['aws-cli/2.15.30 Python/3.11.8 Linux/6.1 exec-env/CloudShell exe/x86_64', 'cloudshell'],
  ['[Boto3/1.26.165 Python/3.10.6 Linux/5.19.0-46-generic Botocore/1.29.165]', 'boto3', '1.26.165'],
  ['aws-sdk-go-v2/1.32.3 os/linux lang/go#1.23.1 md/GOOS#linux', 'aws-sdk-go', '1.32.3'],
  ['aws-sdk-js/3.500.0 os/linux/6.1 lang/js md/nodejs/20', 'aws-sdk-js', '3.500.0'],
  ['APN/1.0 Pulumi/1.0 PulumiAWS/6.0 aws-sdk-go-v2/1.24.0', 'pulumi', '1.0'],
  ['aws-sdk-js/2.1500.0 linux/v18 aws-cdk/2.118.0', 'aws-cdk', '2.118.0'],
  ['eksctl/0.170.0 aws-sdk-go-v2/1.24', 'eksctl'],
  ['kubectl/v1.29.0 (linux/amd64) kubernetes/3f7a50f', 'kubectl'],
  ['ec2.amazonaws.com', 'ec2.amazonaws.com'],
  ['AWS Internal', 'aws-internal'],
  ['my-tool/3.2 (linux)', 'my-tool', '3.2'],
  ['   ', 'unknown'],
]

describe('which tool, from the user agent', () => {
  const toolOf = toolReader()
  for (const [userAgent, name, version] of USER_AGENTS) {
    test(`${name} ${version ?? ''} in ${userAgent.slice(0, 40)}`, () => {
      const tool = toolOf(userAgent)
      expect(tool?.name).toBe(name)
      if (version) expect(tool?.version).toBe(version)
      expect(toolOf(userAgent)).toBe(tool)
    })
  }
})

test('what is remembered has a bound, and forgetting changes no answer', () => {
  const toolOf = toolReader()
  const first = toolOf('aws-cli/2.0.0')
  for (let n = 0; n < 6_000; n++) toolOf(`tool-${n}/1`)
  expect(toolOf('aws-cli/2.0.0')).toEqual(first)
  expect(toolOf('aws-cli/2.0.0')).not.toBe(first)
})

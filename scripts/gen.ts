// Writes what follows from the resource types and event sources: policies and templates for the cloud side, and tables for people.
// `npm run gen` writes, `npm run gen -- --check` compares and ends with 1 where a file is not fresh.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ACCOUNTS_PERMISSIONS } from '../src/clouds/aws/accounts.ts'
import { loadCatalogue } from '../src/clouds/aws/catalogue.ts'
import type { AnyResourceType } from '../src/clouds/aws/resource.ts'
import { NATIVE_KINDS } from '../src/clouds/aws/sources/native.ts'
import { CSPM_PERMISSIONS } from '../src/drivers/cspm/permissions.ts'
import { TABLES } from '../src/drivers/steampipe/tables.ts'
import { loadQuestions } from '../src/questions/load.ts'
import { accountTemplate, hubTemplate, pushTemplate, trailTemplate } from './event-templates.ts'
import { slackManifest } from './slack-manifest.ts'

const CADENCES = { addresses: '1 h', names: '6 h', rest: '12 h' } as const
const ROOT = join(import.meta.dirname, '..')
const questions = await loadQuestions()
const types = [...(await loadCatalogue()).values()].sort((a, b) => (a.type < b.type ? -1 : 1))

const files = {
  'deploy/aws/read-policy.json': jsonText(readPolicy(types)),
  'deploy/aws/read-role.template.json': jsonText(roleTemplate(types)),
  'deploy/aws/organisation-policy.json': jsonText(policy('ReadOrganisation', [...ACCOUNTS_PERMISSIONS])),
  'deploy/aws/cspm-policy.json': jsonText(policy('ReadPosture', [...CSPM_PERMISSIONS])),
  'deploy/aws/events-hub.template.json': jsonText(hubTemplate()),
  'deploy/aws/events-account.template.json': jsonText(accountTemplate(NATIVE_KINDS)),
  'deploy/aws/events-push.template.json': jsonText(pushTemplate(NATIVE_KINDS)),
  'deploy/aws/events-trail.template.json': jsonText(trailTemplate()),
  'deploy/slack/manifest.yaml': slackManifest(questions, 'http'),
  'deploy/slack/manifest-socket-mode.yaml': slackManifest(questions, 'socket'),
  'docs/live-sources.md': withTables('docs/live-sources.md'),
  'docs/resource-types.md': tableOfTypes(types),
  'src/questions/lookups/address-types.ts': addressTypes(types),
  'CONTRIBUTING.md': withExample('CONTRIBUTING.md', 'src/clouds/aws/resources/ec2-key-pair.ts'),
}

const stale = Object.entries(files).filter(([file, text]) => !isFresh(file, text))
if (process.argv.includes('--check')) {
  for (const [file] of stale) process.stderr.write(`${file} is not fresh: run \`npm run gen\` and commit it.\n`)
  process.exitCode = stale.length === 0 ? 0 : 1
} else {
  for (const [file, text] of stale) {
    mkdirSync(dirname(join(ROOT, file)), { recursive: true })
    writeFileSync(join(ROOT, file), text)
    process.stdout.write(`wrote ${file}\n`)
  }
}

function jsonText(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function isFresh(file: string, text: string): boolean {
  const path = join(ROOT, file)
  return existsSync(path) && readFileSync(path, 'utf8') === text
}

/** All that scanning one account needs, and nothing else: every action only reads. */
function readPolicy(all: readonly AnyResourceType[]): object {
  return policy('ReadInventory', ['ec2:DescribeRegions', ...all.flatMap(type => type.permissions)])
}

function policy(sid: string, actions: readonly string[]): object {
  return {
    Version: '2012-10-17',
    Statement: [{ Sid: sid, Effect: 'Allow', Action: [...new Set(actions)].sort(), Resource: '*' }],
  }
}

/** The role of one account as a CloudFormation template, to be rolled out to all of them by a stack set. */
function roleTemplate(all: readonly AnyResourceType[]): object {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'The role by which Cadastre reads this account. It can read configurations and nothing else.',
    Parameters: {
      TrustedPrincipal: { Type: 'String', Description: 'ARN of the role or user that Cadastre runs as.' },
      ExternalId: { Type: 'String', Default: '', Description: 'As in CADASTRE_AWS_EXTERNAL_ID; empty for none.' },
      RoleName: { Type: 'String', Default: 'cadastre-read', Description: 'As in CADASTRE_AWS_ROLE.' },
    },
    Conditions: { HasExternalId: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'ExternalId' }, ''] }] } },
    Resources: {
      ReadRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: { Ref: 'RoleName' },
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: { Ref: 'TrustedPrincipal' } },
                Action: 'sts:AssumeRole',
                Condition: {
                  'Fn::If': [
                    'HasExternalId',
                    { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } },
                    { Ref: 'AWS::NoValue' },
                  ],
                },
              },
            ],
          },
          Policies: [{ PolicyName: 'read-inventory', PolicyDocument: readPolicy(all) }],
        },
      },
    },
    Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['ReadRole', 'Arn'] } } },
  }
}

function tableOfTypes(all: readonly AnyResourceType[]): string {
  const rows = all.map(
    ({ type, title, scope, cadence, permissions }) =>
      `| \`${type}\` | ${title} | ${scope} | ${CADENCES[cadence]} | ${[...permissions]
        .sort()
        .map(action => `\`${action}\``)
        .join(' ')} |`,
  )
  return `<!-- Generated by \`npm run gen\` from src/clouds/aws/resources: do not edit. -->
# Resource types

What Cadastre reads of AWS, how often a scan reads it unless configured otherwise, and the IAM actions this needs. All actions together are
[deploy/aws/read-policy.json](../deploy/aws/read-policy.json); [deploy/aws/read-role.template.json](../deploy/aws/read-role.template.json) makes a role of them.

| type | what it is | listed | every | needs |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

/** The document with the tables of Steampipe that are read, and how assets of each are found by what they bear. */
function withTables(document: string): string {
  const rows = TABLES.map(
    ({ type, name, finders = [] }) =>
      `| \`${type}\` | \`${name}\` | ${[...new Set(finders.flatMap(({ kinds }) => kinds))].map(kind => `\`${kind}\``).join(' ')} |`,
  )
  const table = ['| type | table | found by |', '| --- | --- | --- |', ...rows].join('\n')
  const text = readFileSync(join(ROOT, document), 'utf8')
  return text.replace(
    /(<!-- tables -->\n)[\s\S]*(<!-- \/tables -->)/,
    (_, before, after) => `${before}${table}\n${after}`,
  )
}

/** The document with its one TypeScript block replaced by a real file, so that the recipe cannot grow old. */
function withExample(document: string, example: string): string {
  const source = readFileSync(join(ROOT, example), 'utf8')
  return readFileSync(join(ROOT, document), 'utf8').replace(/```ts\n[\s\S]*?```/, () => `\`\`\`ts\n${source}\`\`\``)
}

/** The types whose examples have an IP address, as a file that questions can load without the SDK. */
function addressTypes(all: readonly AnyResourceType[]): string {
  const bearing = all.filter(({ example }) => example.asset.identifiers?.some(({ kind }) => kind.endsWith('-ip')))
  return `// Generated by \`npm run gen\` from the examples of the resource types: do not edit.

/** The types that can have an IP address: what must have been read before it can be said that nobody has one. */
export const ADDRESS_TYPES: readonly string[] = [
${bearing.map(({ type }) => `  '${type}',`).join('\n')}
]
`
}

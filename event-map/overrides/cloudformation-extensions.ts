import { overrides } from '../overrides.ts'

const TYPE = 'arn:aws:cloudformation:eu-west-1:111122223333:type'
const VERSIONS = ['ResourceVersion', 'HookVersion', 'ModuleVersion'].map(noun => `AWS::CloudFormation::${noun}`)

/** Resource types, hooks and modules share their calls; the ARN says which, and without it all three are listed again. */
function anyVersion(action: string): string {
  return VERSIONS.map(type => `${action}? ${type} request.arn`).join('; ')
}

export default overrides('cloudformation', {
  ActivateType: {
    row: 'create AWS::CloudFormation::TypeActivation response.arn',
    why: 'a public extension is activated in the account, and the answer names the activation',
    example: {
      request: { type: 'RESOURCE', typeName: 'Acme::Shop::Item' },
      response: { arn: `${TYPE}/resource/Acme-Shop-Item` },
      assets: [`create AWS::CloudFormation::TypeActivation ${TYPE}/resource/Acme-Shop-Item`],
    },
  },
  DeactivateType: {
    row: 'delete AWS::CloudFormation::TypeActivation request.arn',
    why: 'this ends an activation; called by its name, it lists activations again',
    example: {
      request: { arn: `${TYPE}/resource/Acme-Shop-Item` },
      assets: [`delete AWS::CloudFormation::TypeActivation ${TYPE}/resource/Acme-Shop-Item`],
    },
  },
  PublishType: {
    row: 'create AWS::CloudFormation::PublicTypeVersion response.publicTypeArn',
    why: 'what is published is a version of its own',
    example: {
      request: { arn: `${TYPE}/resource/Acme-Shop-Item/00000001` },
      response: { publicTypeArn: 'arn:aws:cloudformation:eu-west-1::type/resource/acme/Acme-Shop-Item/1.0.0' },
      assets: [
        'create AWS::CloudFormation::PublicTypeVersion arn:aws:cloudformation:eu-west-1::type/resource/acme/Acme-Shop-Item/1.0.0',
      ],
    },
  },
  RegisterType: {
    row: anyVersion('create'),
    why: 'the answer is a token for something that runs on: the version has no ARN yet',
    example: {
      request: { type: 'RESOURCE', typeName: 'Acme::Shop::Item' },
      response: { registrationToken: 't' },
      assets: [],
    },
  },
  SetTypeDefaultVersion: {
    row: anyVersion('update'),
    why: 'one of the versions becomes the default',
    example: {
      request: { arn: `${TYPE}/hook/Acme-Shop-Check/00000002` },
      assets: [`update AWS::CloudFormation::HookVersion ${TYPE}/hook/Acme-Shop-Check/00000002`],
    },
  },
  DeregisterType: {
    row: anyVersion('delete'),
    why: 'without a version in its ARN, the whole extension goes',
    example: {
      request: { arn: `${TYPE}/resource/Acme-Shop-Item/00000001` },
      assets: [`delete AWS::CloudFormation::ResourceVersion ${TYPE}/resource/Acme-Shop-Item/00000001`],
    },
  },
  SetTypeConfiguration: {
    row: 'update? AWS::CloudFormation::HookTypeConfig response.configurationArn; update? AWS::CloudFormation::TypeActivation request.typeArn',
    why: 'the configuration of a hook is a type of its own; that of a resource type belongs to its activation',
    example: {
      request: { typeArn: `${TYPE}/hook/Acme-Shop-Check` },
      response: { configurationArn: `${TYPE}-configuration/hook/Acme-Shop-Check/default` },
      assets: [
        `update AWS::CloudFormation::HookTypeConfig ${TYPE}-configuration/hook/Acme-Shop-Check/default`,
        `update AWS::CloudFormation::TypeActivation ${TYPE}/hook/Acme-Shop-Check`,
      ],
    },
  },
  TestType: {
    row: 'none: a test run',
    why: 'the extension stays as it is',
    example: { request: { arn: `${TYPE}/resource/Acme-Shop-Item/00000001` }, assets: [] },
  },
})

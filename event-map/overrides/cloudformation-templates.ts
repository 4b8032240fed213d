import { overrides } from '../overrides.ts'

const STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1'
const CHANGES = 'arn:aws:cloudformation:eu-west-1:111122223333:changeSet/c/1'

export default overrides('cloudformation', {
  CreateChangeSet: {
    row: 'create AWS::CloudFormation::ChangeSet response.id; update? AWS::CloudFormation::Stack response.stackId,request.stackName',
    why: 'a change set for a new stack makes that stack, in review until it is executed',
    example: {
      request: { stackName: 'shop', changeSetName: 'c', changeSetType: 'CREATE' },
      response: { id: CHANGES, stackId: STACK },
      assets: [`create AWS::CloudFormation::ChangeSet ${CHANGES}`, `update AWS::CloudFormation::Stack ${STACK}`],
    },
  },
  UpdateStack: {
    row: 'update AWS::CloudFormation::Stack response.stackId,request.stackName',
    why: 'people ask by name, and the answer has the ARN',
    example: {
      request: { stackName: 'shop' },
      response: { stackId: STACK },
      assets: [`update AWS::CloudFormation::Stack ${STACK}`],
    },
  },
  CreateStackRefactor: {
    row: 'none: a plan',
    why: 'nothing moves between stacks before the plan is executed',
    example: { request: { stackDefinitions: [{ stackName: 'shop' }] }, assets: [] },
  },
  StartResourceScan: {
    row: 'none: a run or a request, not an asset',
    why: 'a scan reads',
    example: {
      response: { resourceScanId: 'arn:aws:cloudformation:eu-west-1:111122223333:resourceScan/1' },
      assets: [],
    },
  },
  DeleteGeneratedTemplate: {
    row: 'delete AWS::CloudFormation::GeneratedTemplate request.generatedTemplateName',
    why: 'the name may be the ARN; nothing answers a delete',
    example: {
      request: { generatedTemplateName: 'arn:aws:cloudformation:eu-west-1:111122223333:generatedTemplate/1' },
      assets: ['delete AWS::CloudFormation::GeneratedTemplate 1'],
    },
  },
  RemoveAlias: {
    row: 'update AWS::CloudFormation::Stack',
    why: 'an alias is another name of a stack, which the request does not name',
    example: { request: { aliasName: 'shop-live' }, assets: [] },
  },
})

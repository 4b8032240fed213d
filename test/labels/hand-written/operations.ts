import { all, anyOf, create, none, oneOf, relist, remove, update } from '../label.ts'
import { ACCOUNT, arn, type Sample, sample } from './sample.ts'

const queueUrl = 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders'
const topic = arn('sns', 'orders')
const stack = arn('cloudformation', 'stack/web/11111111-2222-3333-4444-555555555555')
const rule = arn('events', 'rule/nightly')
const machine = arn('states', 'stateMachine:checkout')

/** Queues, stacks, monitoring, configuration, pipelines. */
export const OPERATIONS: readonly Sample[] = [
  sample('sqs:CreateQueue', { queueName: 'orders' }, { queueUrl }, [create('AWS::SQS::Queue', `=${queueUrl}`)]),
  sample('sqs:SetQueueAttributes', { queueUrl, attributes: { VisibilityTimeout: '60' } }, null, [
    update('AWS::SQS::Queue', `=${queueUrl}`),
  ]),
  sample('sqs:PurgeQueue', { queueUrl }, null, anyOf(none, update('AWS::SQS::Queue', `=${queueUrl}`))),
  sample('sqs:RemovePermission', { queueUrl, label: 'l' }, null, [update('AWS::SQS::Queue', `=${queueUrl}`)]),
  sample('sqs:DeleteQueue', { queueUrl }, null, [remove('AWS::SQS::Queue', `=${queueUrl}`)]),
  sample('sns:CreateTopic', { name: 'orders' }, { topicArn: topic }, [create('AWS::SNS::Topic', `=${topic}`)]),
  sample('sns:SetTopicAttributes', { topicArn: topic, attributeName: 'Policy', attributeValue: '{}' }, null, [
    update('AWS::SNS::Topic', `=${topic}`),
  ]),
  sample(
    'sns:Subscribe',
    { topicArn: topic, protocol: 'sqs', endpoint: arn('sqs', 'orders') },
    { subscriptionArn: `${topic}:1111` },
    [create('AWS::SNS::Subscription', `=${topic}:1111`)],
    [update('AWS::SNS::Topic', `=${topic}`)],
  ),
  sample(
    'sns:Unsubscribe',
    { subscriptionArn: `${topic}:1111` },
    null,
    [remove('AWS::SNS::Subscription', `=${topic}:1111`)],
    [update('AWS::SNS::Topic', `=${topic}`)],
  ),
  sample('sns:DeleteTopic', { topicArn: topic }, null, [remove('AWS::SNS::Topic', `=${topic}`)]),
  sample('cloudformation:CreateStack', { stackName: 'web', templateURL: 'https://x' }, { stackId: stack }, [
    create('AWS::CloudFormation::Stack', `=${stack}`),
  ]),
  sample('cloudformation:UpdateStack', { stackName: 'web' }, { stackId: stack }, [
    update('AWS::CloudFormation::Stack', `=${stack}`),
  ]),
  sample('cloudformation:DeleteStack', { stackName: stack }, null, [remove('AWS::CloudFormation::Stack', `=${stack}`)]),
  sample(
    'cloudformation:DeleteStack',
    { stackName: 'web' },
    null,
    anyOf(relist('AWS::CloudFormation::Stack'), remove('AWS::CloudFormation::Stack', '=web')),
  ),
  sample(
    'cloudformation:CreateChangeSet',
    { stackName: 'web', changeSetName: 'c' },
    { id: arn('cloudformation', 'changeSet/c/1'), stackId: stack },
    [oneOf(create('AWS::CloudFormation::ChangeSet', 'response.id'), update('AWS::CloudFormation::Stack', `=${stack}`))],
    [update('AWS::CloudFormation::Stack', `=${stack}`)],
  ),
  sample('cloudformation:CreateStackSet', { stackSetName: 'baseline' }, { stackSetId: 'baseline:1111' }, [
    create('AWS::CloudFormation::StackSet', '=baseline:1111'),
  ]),
  sample('cloudformation:SetStackPolicy', { stackName: stack, stackPolicyBody: '{}' }, null, [
    update('AWS::CloudFormation::Stack', `=${stack}`),
  ]),
  sample('monitoring:PutMetricAlarm', { alarmName: 'cpu', metricName: 'CPUUtilization' }, null, [
    oneOf(create('AWS::CloudWatch::Alarm', '=cpu'), update('AWS::CloudWatch::Alarm', '=cpu')),
  ]),
  sample('monitoring:DeleteAlarms', { alarmNames: ['cpu', 'disk'] }, null, [
    remove('AWS::CloudWatch::Alarm', '=cpu'),
    remove('AWS::CloudWatch::Alarm', '=disk'),
  ]),
  sample('monitoring:DisableAlarmActions', { alarmNames: ['cpu'] }, null, [update('AWS::CloudWatch::Alarm', '=cpu')]),
  sample(
    'monitoring:PutDashboard',
    { dashboardName: 'shop', dashboardBody: '{}' },
    { dashboardValidationMessages: [] },
    [oneOf(create('AWS::CloudWatch::Dashboard', '=shop'), update('AWS::CloudWatch::Dashboard', '=shop'))],
  ),
  sample('logs:PutRetentionPolicy', { logGroupName: '/app', retentionInDays: 30 }, null, [
    update('AWS::Logs::LogGroup', '=/app'),
  ]),
  sample('logs:DeleteRetentionPolicy', { logGroupName: '/app' }, null, [update('AWS::Logs::LogGroup', '=/app')]),
  sample(
    'logs:CreateLogStream',
    { logGroupName: '/app', logStreamName: 's' },
    null,
    anyOf(
      none,
      update('AWS::Logs::LogGroup', '=/app'),
      all([create('AWS::Logs::LogStream', '=/app|s')], [update('AWS::Logs::LogGroup', '=/app')]),
    ),
  ),
  sample(
    'logs:PutMetricFilter',
    { logGroupName: '/app', filterName: 'errors' },
    null,
    [oneOf(create('AWS::Logs::MetricFilter', '=/app|errors'), update('AWS::Logs::MetricFilter', '=/app|errors'))],
    [update('AWS::Logs::LogGroup', '=/app')],
  ),
  sample(
    'logs:PutSubscriptionFilter',
    { logGroupName: '/app', filterName: 'ship' },
    null,
    [
      oneOf(
        create('AWS::Logs::SubscriptionFilter', '=ship|/app'),
        update('AWS::Logs::SubscriptionFilter', '=ship|/app'),
      ),
    ],
    [update('AWS::Logs::LogGroup', '=/app')],
  ),
  sample('logs:AssociateKmsKey', { logGroupName: '/app', kmsKeyId: arn('kms', 'key/1') }, null, [
    update('AWS::Logs::LogGroup', '=/app'),
  ]),
  sample('events:PutRule', { name: 'nightly', scheduleExpression: 'rate(1 day)' }, { ruleArn: rule }, [
    oneOf(create('AWS::Events::Rule', `=${rule}`), update('AWS::Events::Rule', `=${rule}`)),
  ]),
  sample('events:PutTargets', { rule: 'nightly', targets: [{ id: '1', arn: machine }] }, { failedEntryCount: 0 }, [
    update('AWS::Events::Rule', `=${rule}`),
  ]),
  sample('events:RemoveTargets', { rule: 'nightly', ids: ['1'] }, { failedEntryCount: 0 }, [
    update('AWS::Events::Rule', `=${rule}`),
  ]),
  sample('events:DeleteRule', { name: 'nightly' }, null, [remove('AWS::Events::Rule', `=${rule}`)]),
  sample('events:CreateEventBus', { name: 'shop' }, { eventBusArn: arn('events', 'event-bus/shop') }, [
    create('AWS::Events::EventBus', '=shop'),
  ]),
  sample(
    'scheduler:CreateSchedule',
    { name: 'nightly', scheduleExpression: 'rate(1 day)' },
    { scheduleArn: arn('scheduler', 'schedule/default/nightly') },
    [create('AWS::Scheduler::Schedule', '=nightly')],
  ),
  sample('states:CreateStateMachine', { name: 'checkout', definition: '{}' }, { stateMachineArn: machine }, [
    create('AWS::StepFunctions::StateMachine', `=${machine}`),
  ]),
  sample('states:UpdateStateMachine', { stateMachineArn: machine }, { updateDate: 'd' }, [
    update('AWS::StepFunctions::StateMachine', `=${machine}`),
  ]),
  sample(
    'states:StartExecution',
    { stateMachineArn: machine },
    { executionArn: arn('states', 'execution:checkout:1') },
    anyOf(none, update('AWS::StepFunctions::StateMachine', `=${machine}`)),
  ),
  sample('states:DeleteStateMachine', { stateMachineArn: machine }, null, [
    remove('AWS::StepFunctions::StateMachine', `=${machine}`),
  ]),
  sample('config:PutConfigRule', { configRule: { configRuleName: 's3-public', source: {} } }, null, [
    oneOf(create('AWS::Config::ConfigRule', '=s3-public'), update('AWS::Config::ConfigRule', '=s3-public')),
  ]),
  sample('config:DeleteConfigRule', { configRuleName: 's3-public' }, null, [
    remove('AWS::Config::ConfigRule', '=s3-public'),
  ]),
  sample('config:StopConfigurationRecorder', { configurationRecorderName: 'default' }, null, [
    update('AWS::Config::ConfigurationRecorder', '=default'),
  ]),
  sample('config:PutEvaluations', { evaluations: [], resultToken: 't' }, { failedEvaluations: [] }, none),
  sample('guardduty:CreateDetector', { enable: true }, { detectorId: '12abc34d567e8fa901bc2d34e56789f0' }, [
    create('AWS::GuardDuty::Detector', 'response.detectorId'),
  ]),
  sample('guardduty:UpdateDetector', { detectorId: '12abc34d567e8fa901bc2d34e56789f0', enable: false }, null, [
    update('AWS::GuardDuty::Detector', 'request.detectorId'),
  ]),
  sample('guardduty:DeleteDetector', { detectorId: '12abc34d567e8fa901bc2d34e56789f0' }, null, [
    remove('AWS::GuardDuty::Detector', 'request.detectorId'),
  ]),
  sample(
    'guardduty:ArchiveFindings',
    { detectorId: '12abc34d567e8fa901bc2d34e56789f0', findingIds: ['f'] },
    null,
    none,
  ),
  sample(
    'securityhub:EnableSecurityHub',
    { EnableDefaultStandards: true },
    null,
    anyOf(relist('AWS::SecurityHub::Hub'), create('AWS::SecurityHub::Hub', '*')),
  ),
  sample('securityhub:BatchUpdateFindings', { FindingIdentifiers: [] }, { ProcessedFindings: [] }, none),
  sample('ssm:CreateDocument', { name: 'restart', content: '{}' }, { documentDescription: { name: 'restart' } }, [
    create('AWS::SSM::Document', '=restart'),
  ]),
  sample('ssm:DeleteDocument', { name: 'restart' }, null, [remove('AWS::SSM::Document', '=restart')]),
  sample('ssm:ModifyDocumentPermission', { name: 'restart', accountIdsToAdd: ['all'] }, null, [
    update('AWS::SSM::Document', '=restart'),
  ]),
  sample(
    'ssm:CreateAssociation',
    { name: 'AWS-RunPatchBaseline', targets: [] },
    { associationDescription: { associationId: '1111', name: 'AWS-RunPatchBaseline' } },
    [create('AWS::SSM::Association', 'response.associationDescription.associationId')],
  ),
  sample('ssm:CreateMaintenanceWindow', { name: 'sunday' }, { windowId: 'mw-0123456789abcdef0' }, [
    create('AWS::SSM::MaintenanceWindow', 'response.windowId'),
  ]),
  sample('ssm:AddTagsToResource', { resourceType: 'Parameter', resourceId: '/app/x', tags: [] }, null, [
    update('AWS::SSM::Parameter', '=/app/x'),
  ]),
  sample(
    'codebuild:CreateProject',
    { name: 'build' },
    { project: { name: 'build', arn: arn('codebuild', 'project/build') } },
    [create('AWS::CodeBuild::Project', '=build', 'response.project.arn')],
  ),
  sample(
    'codebuild:StartBuild',
    { projectName: 'build' },
    { build: { id: 'build:1' } },
    anyOf(none, update('AWS::CodeBuild::Project', '=build')),
  ),
  sample('codebuild:DeleteProject', { name: 'build' }, null, [
    remove('AWS::CodeBuild::Project', '=build', `=${arn('codebuild', 'project/build')}`),
  ]),
  sample('codepipeline:UpdatePipeline', { pipeline: { name: 'ship', roleArn: 'r' } }, { pipeline: { name: 'ship' } }, [
    update('AWS::CodePipeline::Pipeline', '=ship'),
  ]),
  sample(
    'codepipeline:StartPipelineExecution',
    { name: 'ship' },
    { pipelineExecutionId: '1' },
    anyOf(none, update('AWS::CodePipeline::Pipeline', '=ship')),
  ),
  sample(
    'cloudcontrolapi:CreateResource',
    { typeName: 'AWS::Logs::LogGroup', desiredState: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    {
      progressEvent: {
        typeName: 'AWS::Logs::LogGroup',
        identifier: '/app',
        operation: 'CREATE',
        operationStatus: 'IN_PROGRESS',
      },
    },
    [create('AWS::Logs::LogGroup', '=/app')],
  ),
  sample(
    'cloudcontrolapi:DeleteResource',
    { typeName: 'AWS::Logs::LogGroup', identifier: '/app' },
    { progressEvent: { typeName: 'AWS::Logs::LogGroup', identifier: '/app', operation: 'DELETE' } },
    [remove('AWS::Logs::LogGroup', '=/app')],
  ),
  sample(
    'tagging:TagResources',
    { resourceARNList: [arn('dynamodb', 'table/orders'), topic], tags: { team: 'shop' } },
    { failedResourcesMap: {} },
    [update('AWS::DynamoDB::Table', '=orders'), update('AWS::SNS::Topic', `=${topic}`)],
  ),
  sample(
    'workspaces:CreateWorkspaces',
    { workspaces: [{ userName: 'alice' }] },
    { pendingRequests: [{ workspaceId: 'ws-0123456789', userName: 'alice' }], failedRequests: [] },
    [create('AWS::WorkSpaces::Workspace', '=ws-0123456789')],
  ),
  sample('amazonmq:CreateBroker', { brokerName: 'bus' }, { brokerId: 'b-1', brokerArn: arn('mq', 'broker:bus:b-1') }, [
    create('AWS::AmazonMQ::Broker', '=b-1'),
  ]),
  sample('amplify:CreateApp', { name: 'shop' }, { app: { appId: 'd1', appArn: arn('amplify', 'apps/d1') } }, [
    create('AWS::Amplify::App', 'response.app.appArn'),
  ]),
  sample('transfer:CreateServer', { protocols: ['SFTP'] }, { serverId: 's-0123456789abcdef0' }, [
    create(
      'AWS::Transfer::Server',
      'response.serverId',
      `=arn:aws:transfer:eu-west-1:${ACCOUNT}:server/s-0123456789abcdef0`,
    ),
  ]),
  sample('support:CreateCase', { subject: 's' }, { caseId: 'c' }, none),
]

// The CloudFormation templates by which an organisation's events reach Cadastre: docs/events.md says which of them to use.

/** Reading the queue, for whoever Cadastre runs as. */
const QUEUE_ACTIONS = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueAttributes',
]
/** As long as SQS keeps anything: so long may Cadastre be away. */
const RETENTION_SECONDS = 14 * 24 * 3600
/** Messages that fail that often are put aside; Cadastre keeps what it cannot read as rejected long before. */
const RECEIVES_MAX = 100

type Json = { readonly [key: string]: unknown }
const ref = (name: string): Json => ({ Ref: name })
const arnOf = (name: string): Json => ({ 'Fn::GetAtt': [name, 'Arn'] })
const sub = (text: string): Json => ({ 'Fn::Sub': text })
const statements = (...all: readonly Json[]): Json => ({ Version: '2012-10-17', Statement: all })

/** The central account: a bus that takes events of the organisation, and the queue that Cadastre reads. */
export function hubTemplate(): Json {
  return template(
    'Cadastre, central account: a bus that takes the events of the organisation, and the queue they end in.',
    {
      Parameters: {
        OrganizationId: {
          Type: 'String',
          AllowedPattern: '^o-[a-z0-9]{10,32}$',
          Description: 'Whose accounts may send: `aws organizations describe-organization` shows it as Id.',
        },
        BusName: { Type: 'String', Default: 'cadastre', Description: 'As in the template for the accounts.' },
      },
      Resources: {
        Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: ref('BusName') } },
        BusPolicy: {
          Type: 'AWS::Events::EventBusPolicy',
          Properties: {
            EventBusName: ref('BusName'),
            StatementId: 'organisation',
            Statement: {
              Effect: 'Allow',
              Principal: '*',
              Action: 'events:PutEvents',
              Resource: arnOf('Bus'),
              Condition: { StringEquals: { 'aws:PrincipalOrgID': ref('OrganizationId') } },
            },
          },
        },
        ...queue({
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: arnOf('Queue'),
          Condition: { ArnEquals: { 'aws:SourceArn': arnOf('Everything') } },
        }),
        Everything: {
          Type: 'AWS::Events::Rule',
          Properties: {
            Description: 'What comes to this bus was chosen where it happened.',
            EventBusName: ref('BusName'),
            EventPattern: { account: [{ prefix: '' }] },
            Targets: [{ Id: 'queue', Arn: arnOf('Queue') }],
          },
        },
        ReadPolicy: readPolicy([]),
      },
      Outputs: {
        BusArn: { Description: 'Parameter of the template for the accounts.', Value: arnOf('Bus') },
        ...queueOutputs(),
      },
    },
  )
}

/** Every account and region: what changes something goes to the central bus. `native`: `source detail-type` of services' own events. */
export function accountTemplate(native: readonly string[]): Json {
  const role = {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: statements({
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
      Policies: [
        {
          PolicyName: 'put-events',
          PolicyDocument: statements({ Effect: 'Allow', Action: 'events:PutEvents', Resource: ref('BusArn') }),
        },
      ],
    },
  }
  return template('Cadastre, every account and region: sends events of changes to the central bus.', {
    Parameters: {
      BusArn: { Type: 'String', Description: 'Output BusArn of the template for the central account.' },
    },
    Resources: { Sender: role, ...rules(native, { Id: 'bus', Arn: ref('BusArn'), RoleArn: arnOf('Sender') }) },
  })
}

/** Every account and region, without a queue: events are pushed to the HTTPS endpoint of `cadastre up`. */
export function pushTemplate(native: readonly string[]): Json {
  const role = {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: statements({
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
      Policies: [
        {
          PolicyName: 'push',
          PolicyDocument: statements({
            Effect: 'Allow',
            Action: 'events:InvokeApiDestination',
            Resource: arnOf('Destination'),
          }),
        },
      ],
    },
  }
  return template(
    'Cadastre, every account and region, without a queue: pushes events of changes to its HTTPS endpoint.',
    {
      Parameters: {
        Endpoint: {
          Type: 'String',
          AllowedPattern: '^https://.+/events$',
          Description: 'Where `cadastre up` is reached, such as https://cadastre.example.com/events.',
        },
        Secret: { Type: 'String', NoEcho: true, MinLength: 32, Description: 'Its SHA-256 is in push.secretSha256.' },
      },
      Resources: {
        Connection: {
          Type: 'AWS::Events::Connection',
          Properties: {
            AuthorizationType: 'API_KEY',
            AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x-api-key', ApiKeyValue: ref('Secret') } },
          },
        },
        Destination: {
          Type: 'AWS::Events::ApiDestination',
          Properties: {
            ConnectionArn: arnOf('Connection'),
            HttpMethod: 'POST',
            InvocationEndpoint: ref('Endpoint'),
            InvocationRateLimitPerSecond: 300,
          },
        },
        Sender: role,
        ...rules(native, { Id: 'push', Arn: arnOf('Destination'), RoleArn: arnOf('Sender') }),
      },
    },
  )
}

/** Beside a trail's bucket: a queue that is told of every log file. */
export function trailTemplate(): Json {
  return template('Cadastre, beside the bucket of a trail: a queue that is told of every log file.', {
    Parameters: {
      Bucket: { Type: 'String', Description: 'The name of the bucket that the trail writes to.' },
      BucketAccount: { Type: 'String', AllowedPattern: '^\\d{12}$', Description: 'Whose bucket it is.' },
      TopicArn: {
        Type: 'String',
        Default: '',
        Description:
          'The SNS topic that is told of log files, by the trail or by the bucket; empty: the bucket tells the queue.',
      },
    },
    Conditions: { HasTopic: { 'Fn::Not': [{ 'Fn::Equals': [ref('TopicArn'), ''] }] } },
    Resources: {
      ...queue(
        {
          Effect: 'Allow',
          Principal: { Service: 's3.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: arnOf('Queue'),
          Condition: {
            ArnEquals: { 'aws:SourceArn': sub(`arn:\${AWS::Partition}:s3:::\${Bucket}`) },
            StringEquals: { 'aws:SourceAccount': ref('BucketAccount') },
          },
        },
        {
          Effect: 'Allow',
          Principal: { Service: 'sns.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: arnOf('Queue'),
          Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::If': ['HasTopic', ref('TopicArn'), 'none'] } } },
        },
      ),
      Subscription: {
        Type: 'AWS::SNS::Subscription',
        Condition: 'HasTopic',
        Properties: { TopicArn: ref('TopicArn'), Protocol: 'sqs', Endpoint: arnOf('Queue'), RawMessageDelivery: true },
      },
      ReadPolicy: readPolicy([
        { Effect: 'Allow', Action: 's3:GetObject', Resource: sub(`arn:\${AWS::Partition}:s3:::\${Bucket}/*`) },
        { Effect: 'Allow', Action: 's3:ListBucket', Resource: sub(`arn:\${AWS::Partition}:s3:::\${Bucket}`) },
        {
          Effect: 'Allow',
          Action: 'kms:Decrypt',
          Resource: sub(`arn:\${AWS::Partition}:kms:*:\${BucketAccount}:key/*`),
          Condition: { StringLike: { 'kms:ViaService': 's3.*' } },
        },
      ]),
    },
    Outputs: queueOutputs(),
  })
}

/**
 * Which events are wanted. Reads never are; what failed changed nothing. Who assumed which role is wanted, though it is called a read:
 * it tells who stands behind a session. Roles that services assume for themselves tell nothing and are most of them.
 */
function rules(native: readonly string[], target: Json): Json {
  const succeeded = { errorCode: [{ exists: false }] }
  return {
    Writes: rule('Calls that change something.', target, {
      'detail-type': ['AWS API Call via CloudTrail', 'AWS Service Event via CloudTrail'],
      detail: { ...succeeded, managementEvent: [true], readOnly: [false, { exists: false }] },
    }),
    Sessions: rule('Who is behind which session.', target, {
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        ...succeeded,
        eventSource: ['sts.amazonaws.com'],
        readOnly: [true],
        userIdentity: { type: [{ 'anything-but': 'AWSService' }] },
      },
    }),
    Services: rule('What services tell of their own accord.', target, nativePattern(native)),
  }
}

/** Sources and kinds are matched apart: a combination that does not exist costs nothing. */
function nativePattern(native: readonly string[]): Json {
  const pairs = native.map(kind => [kind.slice(0, kind.indexOf(' ')), kind.slice(kind.indexOf(' ') + 1)] as const)
  return {
    source: [...new Set(pairs.map(([source]) => source))].sort(),
    'detail-type': [...new Set(pairs.map(([, type]) => type))].sort(),
  }
}

function rule(Description: string, target: Json, EventPattern: Json): Json {
  return { Type: 'AWS::Events::Rule', Properties: { Description, EventPattern, Targets: [target] } }
}

/** The queue, with one beside it for messages that nobody could take, and who may send. */
function queue(...senders: readonly Json[]): Json {
  return {
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        MessageRetentionPeriod: RETENTION_SECONDS,
        ReceiveMessageWaitTimeSeconds: 20,
        VisibilityTimeout: 120,
        SqsManagedSseEnabled: true,
        RedrivePolicy: { deadLetterTargetArn: arnOf('Undelivered'), maxReceiveCount: RECEIVES_MAX },
      },
    },
    Undelivered: {
      Type: 'AWS::SQS::Queue',
      Properties: { MessageRetentionPeriod: RETENTION_SECONDS, SqsManagedSseEnabled: true },
    },
    QueuePolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [ref('Queue')], PolicyDocument: statements(...senders) },
    },
  }
}

function readPolicy(more: readonly Json[]): Json {
  return {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      Description: 'Reading events: attach it to the role that Cadastre runs as.',
      PolicyDocument: statements({ Effect: 'Allow', Action: QUEUE_ACTIONS, Resource: arnOf('Queue') }, ...more),
    },
  }
}

function queueOutputs(): Json {
  return {
    QueueUrl: { Description: 'For aws.queues, or CADASTRE_AWS_QUEUES.', Value: ref('Queue') },
    ReadPolicyArn: { Description: 'To be attached to the role that Cadastre runs as.', Value: ref('ReadPolicy') },
  }
}

function template(Description: string, rest: Json): Json {
  return { AWSTemplateFormatVersion: '2010-09-09', Description, ...rest }
}

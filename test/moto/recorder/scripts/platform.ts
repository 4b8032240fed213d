import {
  APIGatewayClient,
  CreateRestApiCommand,
  DeleteRestApiCommand,
  UpdateRestApiCommand,
} from '@aws-sdk/client-api-gateway'
import { ApiGatewayV2Client, CreateApiCommand } from '@aws-sdk/client-apigatewayv2'
import { CloudFormationClient, CreateStackCommand, DeleteStackCommand } from '@aws-sdk/client-cloudformation'
import { CloudFrontClient, CreateDistributionCommand } from '@aws-sdk/client-cloudfront'
import { CloudTrailClient, CreateTrailCommand } from '@aws-sdk/client-cloudtrail'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr'
import {
  CreateLoadBalancerCommand as CreateClassicCommand,
  ElasticLoadBalancingClient,
} from '@aws-sdk/client-elastic-load-balancing'
import {
  AddTagsCommand,
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateTopicCommand, DeleteTopicCommand, SetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns'
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
} from '@aws-sdk/client-sqs'
import type { Witness } from '../witness.ts'

/** Queues, topics, logs, names and the ways in from outside. */
export async function platform(witness: Witness): Promise<void> {
  const sqs = witness.site.client(SQSClient)
  const { QueueUrl } = await witness.sees('AWS::SQS::Queue', () =>
    sqs.send(new CreateQueueCommand({ QueueName: 'orders' })),
  )
  await witness.sees('AWS::SQS::Queue', () =>
    sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '60' } })),
  )
  await witness.sees('AWS::SQS::Queue', () => sqs.send(new TagQueueCommand({ QueueUrl, Tags: { team: 'shop' } })))
  await witness.sees('AWS::SQS::Queue', () => sqs.send(new DeleteQueueCommand({ QueueUrl })))

  const sns = witness.site.client(SNSClient)
  const { TopicArn } = await witness.sees('AWS::SNS::Topic', () => sns.send(new CreateTopicCommand({ Name: 'alerts' })))
  await witness.sees('AWS::SNS::Topic', () =>
    sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'DisplayName', AttributeValue: 'Alerts' })),
  )
  await witness.sees('AWS::SNS::Topic', () => sns.send(new DeleteTopicCommand({ TopicArn })))

  const logs = witness.site.client(CloudWatchLogsClient)
  const logGroupName = '/shop/web'
  await witness.sees('AWS::Logs::LogGroup', () => logs.send(new CreateLogGroupCommand({ logGroupName })))
  await witness.sees('AWS::Logs::LogGroup', () =>
    logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 7 })),
  )
  await witness.sees('AWS::Logs::LogGroup', () => logs.send(new DeleteLogGroupCommand({ logGroupName })))

  const dns = witness.site.client(Route53Client)
  const { HostedZone } = await witness.sees('AWS::Route53::HostedZone', () =>
    dns.send(new CreateHostedZoneCommand({ Name: 'shop.example', CallerReference: '1' })),
  )
  const record = { Name: 'www.shop.example', Type: 'A' as const, TTL: 60 }
  for (const [Action, Value] of [
    ['CREATE', '192.0.2.1'],
    ['UPSERT', '192.0.2.2'],
    ['DELETE', '192.0.2.2'],
  ] as const)
    await witness.sees('AWS::Route53::RecordSet', () =>
      dns.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: HostedZone?.Id,
          ChangeBatch: { Changes: [{ Action, ResourceRecordSet: { ...record, ResourceRecords: [{ Value }] } }] },
        }),
      ),
    )

  const { Subnets = [] } = await witness.site.client(EC2Client).send(new DescribeSubnetsCommand({}))
  const elb = witness.site.client(ElasticLoadBalancingV2Client)
  const balancer = { Name: 'web', Subnets: Subnets.slice(0, 2).map(({ SubnetId }) => SubnetId ?? '') }
  const { LoadBalancers: [made] = [] } = await witness.sees('AWS::ElasticLoadBalancingV2::LoadBalancer', () =>
    elb.send(new CreateLoadBalancerCommand(balancer)),
  )
  const LoadBalancerArn = made?.LoadBalancerArn ?? ''
  await witness.sees('AWS::ElasticLoadBalancingV2::LoadBalancer', () =>
    elb.send(new AddTagsCommand({ ResourceArns: [LoadBalancerArn], Tags: [{ Key: 'team', Value: 'shop' }] })),
  )
  await witness.sees('AWS::ElasticLoadBalancingV2::LoadBalancer', () =>
    elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn })),
  )
  const Listeners = [{ Protocol: 'tcp', LoadBalancerPort: 80, InstancePort: 80 }]
  const classic = { LoadBalancerName: 'old', Listeners, AvailabilityZones: ['eu-west-1a'] }
  await witness.sees('AWS::ElasticLoadBalancing::LoadBalancer', () =>
    witness.site.client(ElasticLoadBalancingClient).send(new CreateClassicCommand(classic)),
  )

  const api = witness.site.client(APIGatewayClient)
  const { id: restApiId } = await witness.sees('AWS::ApiGateway::RestApi', () =>
    api.send(new CreateRestApiCommand({ name: 'shop' })),
  )
  const patchOperations = [{ op: 'replace' as const, path: '/description', value: 'orders' }]
  await witness.sees('AWS::ApiGateway::RestApi', () =>
    api.send(new UpdateRestApiCommand({ restApiId, patchOperations })),
  )
  await witness.sees('AWS::ApiGateway::RestApi', () => api.send(new DeleteRestApiCommand({ restApiId })))
  await witness.sees('AWS::ApiGatewayV2::Api', () =>
    witness.site.client(ApiGatewayV2Client).send(new CreateApiCommand({ Name: 'shop', ProtocolType: 'HTTP' })),
  )

  await witness.sees('AWS::ECR::Repository', () =>
    witness.site.client(ECRClient).send(new CreateRepositoryCommand({ repositoryName: 'shop/web' })),
  )

  const S3BucketName = 'trail-of-the-shop'
  const s3 = witness.site.client(S3Client)
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const }
  await s3.send(new CreateBucketCommand({ Bucket: S3BucketName, CreateBucketConfiguration }))
  await witness.sees('AWS::CloudTrail::Trail', () =>
    witness.site.client(CloudTrailClient).send(new CreateTrailCommand({ Name: 'all', S3BucketName })),
  )

  const DomainName = `${S3BucketName}.s3.amazonaws.com`
  await witness.sees('AWS::CloudFront::Distribution', () =>
    witness.site.client(CloudFrontClient).send(
      new CreateDistributionCommand({
        DistributionConfig: {
          CallerReference: '1',
          Comment: '',
          Enabled: true,
          Origins: { Quantity: 1, Items: [{ Id: 'files', DomainName, S3OriginConfig: { OriginAccessIdentity: '' } }] },
          DefaultCacheBehavior: {
            TargetOriginId: 'files',
            ViewerProtocolPolicy: 'https-only',
            MinTTL: 0,
            ForwardedValues: { QueryString: false, Cookies: { Forward: 'none' } },
          },
        },
      }),
    ),
  )

  const cloudFormation = witness.site.client(CloudFormationClient)
  const TemplateBody = JSON.stringify({ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } })
  await witness.sees('AWS::CloudFormation::Stack', () =>
    cloudFormation.send(new CreateStackCommand({ StackName: 'base', TemplateBody })),
  )
  await witness.sees('AWS::CloudFormation::Stack', () =>
    cloudFormation.send(new DeleteStackCommand({ StackName: 'base' })),
  )
}

/**
 * Identifiers that differ from CloudFormation's primary identifier, because no event carries all of its parts or the
 * service has a shorter one that is unique.
 */
export const IDENTIFIERS: Readonly<Record<string, readonly string[]>> = {
  'AWS::CloudFormation::ChangeSet': ['ChangeSetArn'],
  'AWS::CloudFormation::Stack': ['StackArn'],
  'AWS::CodeBuild::ReportGroup': ['Arn'],
  'AWS::ECS::Service': ['ServiceArn', 'ClusterArn'],
  'AWS::ECS::Task': ['TaskArn'],
  'AWS::EKS::Nodegroup': ['ClusterName', 'NodegroupName'],
  'AWS::IAM::VirtualMFADevice': ['SerialArn'],
  'AWS::RDS::DBSnapshot': ['DBSnapshotIdentifier'],
  'AWS::EC2::SecurityGroup': ['GroupId'],
  'AWS::SecretsManager::Secret': ['Arn'],
}

/** Other words that operations use for a type: `TerminateJobFlows` terminates clusters. */
export const NOUNS: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::EIP': ['Address'],
  'AWS::EMR::Cluster': ['JobFlow'],
  'AWS::IAM::ManagedPolicy': ['Policy'],
  'AWS::IAM::Role': ['ServiceLinkedRole'],
  'AWS::KMS::Key': ['ReplicaKey'],
  'AWS::CloudWatch::Alarm': ['MetricAlarm', 'Alarm'],
  'AWS::OpenSearchService::Domain': ['ElasticsearchDomain'],
}

/** Types that CloudFormation offers as a second way to write another one: no API speaks of them. */
export const UNUSED: ReadonlySet<string> = new Set([
  'AWS::IAM::Policy',
  'AWS::IAM::ServiceLinkedRole',
  'AWS::KMS::ReplicaKey',
  'AWS::RDS::DBSecurityGroupIngress',
])

/** Types that are only part of another one, where the general rule does not see it. An empty string says: its own. */
export const FACETS: Readonly<Record<string, string>> = {
  'AWS::EC2::SecurityGroupEgress': 'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupIngress': 'AWS::EC2::SecurityGroup',
  'AWS::ApplicationAutoScaling::ScalingPolicy': '',
  'AWS::ECR::RegistryPolicy': '',
  'AWS::Redshift::ClusterSecurityGroupIngress': 'AWS::Redshift::ClusterSecurityGroup',
  'AWS::Route53::DNSSEC': 'AWS::Route53::HostedZone',
  'AWS::SecretsManager::ResourcePolicy': 'AWS::SecretsManager::Secret',
  'AWS::EC2::Route': 'AWS::EC2::RouteTable',
  'AWS::IAM::PolicyVersion': 'AWS::IAM::ManagedPolicy',
  'AWS::IAM::UserToGroupAddition': 'AWS::IAM::Group',
}

/** APIs that have no assets of their own, so that nothing is made up from their nouns. */
export const OWN: Readonly<Record<string, 'none'>> = {
  cloudcontrol: 'none',
  sts: 'none',
}

/** IAM resource types of a type, where neither name nor ARN joins them. */
export const RESOURCES: Readonly<Record<string, RegExp>> = {
  'AWS::DirectoryService::MicrosoftAD': /^directory$/,
  'AWS::DirectoryService::SimpleAD': /^$/,
  'AWS::ElasticLoadBalancingV2::Listener': /^listener\//,
  'AWS::ElasticLoadBalancingV2::ListenerRule': /^listener-rule\//,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': /^loadbalancer\//,
  'AWS::Events::Rule': /^rule/,
  'AWS::Lambda::Alias': /^function alias$/,
  'AWS::Lambda::Version': /^function version$/,
}

/** Nouns of IAM resource types that operations spell in a misleading way; by IAM prefix and name. */
export const NAMES: Readonly<Record<string, string>> = {
  'ec2:reserved-instances': 'ReservedInstances',
  'ec2:spot-instances-request': 'SpotInstanceRequest',
  'rds:ri': 'ReservedDBInstance',
  'rds:auto-backup': 'DBInstanceAutomatedBackup',
  'rds:cluster-auto-backup': 'DBClusterAutomatedBackup',
  'rds:deployment': 'BlueGreenDeployment',
  'ssm:managed-instance': 'ManagedInstance',
}

/** IAM resource types of a shared prefix that are another API's. */
export const FOREIGN: Readonly<Record<string, RegExp>> = {
  elb: /./,
  elbv2: /^loadbalancer$/,
  eventbridgev2: /./,
}

/**
 * Members that carry a type's identifier under a name that no rule joins with it; keys as `memberKey` gives them, with the
 * part before `=` where there are several.
 */
export const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApplicationInsights::Application': ['resourcegroup.name'],
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration': ['chatconfiguration.arn'],
  'AWS::Chatbot::SlackChannelConfiguration': ['chatconfiguration.arn'],
  'AWS::Detective::MemberInvitation': ['MemberId=account.id'],
  'AWS::EC2::VPCEndpointConnectionNotification': ['connectionnotification.id'],
  'AWS::GuardDuty::Member': ['MemberId=account.id'],
  'AWS::CloudFormation::ChangeSet': ['changeset.id', 'changeset.name'],
  'AWS::CloudFormation::Stack': ['stack.id', 'stack.name'],
  'AWS::CloudFormation::StackSet': ['stackset.name'],
  'AWS::IAM::VirtualMFADevice': ['serialnumber'],
  'AWS::Lambda::Url': ['function.arn', 'function.name'],
  'AWS::SecretsManager::Secret': ['secret.id'],
}

/**
 * Identifiers that differ from CloudFormation's primary identifier, because no event carries all of its parts or the
 * service has a shorter one that is unique.
 */
export const IDENTIFIERS: Readonly<Record<string, readonly string[]>> = {
  'AWS::CodeCommit::Repository': ['RepositoryName'],
  'AWS::CloudFormation::Stack': ['StackName'],
  'AWS::CloudFormation::StackSet': ['StackSetName'],
  'AWS::EC2::EIP': ['AllocationId'],
  'AWS::EC2::SecurityGroup': ['GroupId'],
}

/** Other words that operations use for a type: `TerminateJobFlows` terminates clusters. */
export const NOUNS: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::EIP': ['Address'],
  'AWS::EMR::Cluster': ['JobFlow'],
  'AWS::IAM::ManagedPolicy': ['Policy'],
  'AWS::IAM::Role': ['ServiceLinkedRole'],
  'AWS::KMS::Key': ['ReplicaKey'],
  'AWS::CloudWatch::Alarm': ['MetricAlarm', 'Alarm'],
  'AWS::Elasticsearch::Domain': ['ElasticsearchDomain'],
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
  'AWS::EC2::Route': 'AWS::EC2::RouteTable',
  'AWS::IAM::PolicyVersion': 'AWS::IAM::ManagedPolicy',
  'AWS::IAM::UserToGroupAddition': 'AWS::IAM::Group',
}

/** APIs that have no assets of their own, so that nothing is made up from their nouns. */
export const OWN: Readonly<Record<string, 'none'>> = {
  sts: 'none',
}

/** ARN templates where the models have several for one type, or none. */
export const ARNS: Readonly<Record<string, string>> = {
  'AWS::Lambda::LayerVersion': 'arn:${Partition}:lambda:${Region}:${Account}:layer:${LayerName}:${VersionNumber}',
  'AWS::Lambda::Alias': 'arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}:${Name}',
  'AWS::ElasticLoadBalancingV2::LoadBalancer':
    'arn:${Partition}:elasticloadbalancing:${Region}:${Account}:loadbalancer/${Kind}/${LoadBalancerName}/${LoadBalancerId}',
}

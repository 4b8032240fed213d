/**
 * The types that can have an IP address: what must have been read before it can be said that nobody has one. A test
 * compares it with what the resource types declare, which are not loaded to answer a question.
 */
export const ADDRESS_TYPES: readonly string[] = [
  'AWS::EC2::EIP',
  'AWS::EC2::Instance',
  'AWS::EC2::NatGateway',
  'AWS::EC2::NetworkInterface',
  'AWS::ECS::Task',
  'AWS::EFS::FileSystem',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::Redshift::Cluster',
]

import { anyOf, create, type Ids, type Label, label, match, none, relist, remove, update, valuesAt } from './label.ts'

/** Where CloudFormation has no type, and so no primary identifier, an ARN names an asset as well as its id. */
const CLUSTER_ARN: Ids = record =>
  valuesAt(record, 'response.cluster.clusterId').map(
    id => `arn:aws:cloudhsm:${record.awsRegion}:${record.recipientAccountId}:cluster/${id}`,
  )

/** The calls of services from a to k among the real records, labelled like the others in `trail.ts`. */
export const TRAIL_A_K_LABELS: readonly Label[] = [
  label('apigateway', 'CreateStage', 'A REST stage is named within its API', [
    create('AWS::ApiGateway::Stage', 'request.restApiId|request.createStageInput.stageName'),
  ]),
  label('apigateway', 'TagResource', 'The ARN says that it is a stage, and of which API', [
    update('AWS::ApiGateway::Stage', match('request.resourceArn', /restapis\/([^/]+)\/stages\/([^/]+)/)),
  ]),
  label('appmesh', 'CreateMesh', 'CloudFormation calls the ARN its id', [
    create('AWS::AppMesh::Mesh', 'response.mesh.metadata.arn', 'request.meshName'),
  ]),
  label('appmesh', 'CreateVirtualGateway', 'Within a mesh; the ARN names both', [
    create(
      'AWS::AppMesh::VirtualGateway',
      'response.virtualGateway.metadata.arn',
      'request.meshName|request.virtualGatewayName',
    ),
  ]),
  label('appmesh', 'CreateVirtualNode', 'Within a mesh; the ARN names both', [
    create(
      'AWS::AppMesh::VirtualNode',
      'response.virtualNode.metadata.arn',
      'request.meshName|request.virtualNodeName',
    ),
  ]),
  label('bedrock', 'CreateFoundationModelAgreement', 'Accepts the terms of a model that Amazon owns', none),
  label('bedrock', 'PutFoundationModelEntitlement', 'Entitles the account to a model that Amazon owns', none),
  label('bedrock', 'PutUseCaseForModelAccess', 'A form about the account, filled in once', none),
  label('cloudfront', 'TagResource', 'The ARN says which distribution', [
    update('AWS::CloudFront::Distribution', match('request.resource', /distribution\/(.+)$/)),
  ]),
  label('cloudfront', 'UpdateDistribution', 'Named by id', [update('AWS::CloudFront::Distribution', 'request.id')]),
  label('cloudhsm', 'CreateCluster', 'No CloudFormation type; the service makes the id', [
    create(/^AWS::CloudHSM(?:V2)?::Cluster$/, 'response.cluster.clusterId', CLUSTER_ARN),
  ]),
  label('cloudsearch', 'CreateDomain', 'No CloudFormation type; a domain is known by its name', [
    create('AWS::CloudSearch::Domain', 'request.domainName'),
  ]),
  label('cloudtrail', 'CreateTrail', 'Named in the request', [create('AWS::CloudTrail::Trail', 'request.name')]),
  label('cloudtrail', 'DeleteTrail', 'By name or ARN', [
    remove('AWS::CloudTrail::Trail', match('request.name', /([^/]+)$/)),
  ]),
  label('cloudtrail', 'PutEventSelectors', 'What a trail records', [
    update('AWS::CloudTrail::Trail', match('request.trailName', /([^/]+)$/)),
  ]),
  label('cloudtrail', 'StartLogging', 'Switches a trail on', [
    update('AWS::CloudTrail::Trail', match('request.name', /([^/]+)$/)),
  ]),
  label('cloudtrail', 'StopLogging', 'Switches a trail off: the trail stays', [
    update('AWS::CloudTrail::Trail', match('request.name', /([^/]+)$/)),
  ]),
  label('elasticfilesystem', 'ModifyMountTargetSecurityGroups', 'Named by id', [
    update('AWS::EFS::MountTarget', 'request.mountTargetId'),
  ]),
  label(
    'elasticfilesystem',
    'CreateMountTarget',
    'The answer names it, and the interface made for it',
    [create('AWS::EFS::MountTarget', 'response.mountTargetId')],
    [
      update('AWS::EFS::FileSystem', 'request.fileSystemId'),
      create('AWS::EC2::NetworkInterface', 'response.networkInterfaceId'),
    ],
  ),
  label('elasticloadbalancing', 'AddTags', 'Version 2: by ARN', [
    update('AWS::ElasticLoadBalancingV2::LoadBalancer', 'request.resourceArns[]'),
  ]),
  label('elasticloadbalancing', 'CreateLoadBalancerPolicy', 'Classic: part of its load balancer', [
    update('AWS::ElasticLoadBalancing::LoadBalancer', 'request.loadBalancerName'),
  ]),
  label(
    'glue',
    'PutDataCatalogEncryptionSettings',
    'Of the account’s catalogue, whose id is the account',
    anyOf(
      update('AWS::Glue::DataCatalogEncryptionSettings', 'account', '*'),
      relist('AWS::Glue::DataCatalogEncryptionSettings'),
      none,
    ),
  ),
  label(
    'glue',
    'PutResourcePolicy',
    'The one policy of the account’s catalogue',
    anyOf(
      none,
      update(/^AWS::Glue::(?:Catalog|ResourcePolicy)$/, '*'),
      relist(/^AWS::Glue::(?:Catalog|ResourcePolicy)$/),
    ),
  ),
  label(
    'iam',
    'AddRoleToInstanceProfile',
    'The profile holds the role',
    [update('AWS::IAM::InstanceProfile', 'request.instanceProfileName')],
    [update('AWS::IAM::Role', 'request.roleName')],
  ),
  label(
    'iam',
    'AttachRolePolicy',
    'The role lists its policies',
    [update('AWS::IAM::Role', 'request.roleName')],
    [update('AWS::IAM::ManagedPolicy', 'request.policyArn')],
  ),
  label(
    'iam',
    'AttachUserPolicy',
    'The user lists its policies',
    [update('AWS::IAM::User', 'request.userName')],
    [update('AWS::IAM::ManagedPolicy', 'request.policyArn')],
  ),
  label('iam', 'CreateAccessKey', 'The key is new, and its user has one more', [
    create('AWS::IAM::AccessKey', 'response.accessKey.accessKeyId'),
    update('AWS::IAM::User', 'request.userName', 'response.accessKey.userName'),
  ]),
  label('iam', 'CreateInstanceProfile', 'Named in the request', [
    create('AWS::IAM::InstanceProfile', 'request.instanceProfileName'),
  ]),
  label('iam', 'CreateLoginProfile', 'A user’s console password', [update('AWS::IAM::User', 'request.userName')]),
  label('iam', 'CreatePolicy', 'The answer has the ARN', [create('AWS::IAM::ManagedPolicy', 'response.policy.arn')]),
  label('iam', 'CreateRole', 'Named in the request', [create('AWS::IAM::Role', 'request.roleName')]),
  label('iam', 'CreateUser', 'Named in the request', [create('AWS::IAM::User', 'request.userName')]),
  label(
    'iam',
    'DeleteAccessKey',
    'Its own delete',
    [remove('AWS::IAM::AccessKey', 'request.accessKeyId')],
    [update('AWS::IAM::User', 'request.userName')],
  ),
  label('iam', 'DeleteInstanceProfile', 'Its own delete', [
    remove('AWS::IAM::InstanceProfile', 'request.instanceProfileName'),
  ]),
  label('iam', 'DeleteLoginProfile', 'The user stays', [update('AWS::IAM::User', 'request.userName')]),
  label('iam', 'DeletePolicy', 'Its own delete', [remove('AWS::IAM::ManagedPolicy', 'request.policyArn')]),
  label('iam', 'DeleteRole', 'Its own delete', [remove('AWS::IAM::Role', 'request.roleName')]),
  label(
    'iam',
    'DeleteRolePolicy',
    'An inline policy: the role stays',
    [update('AWS::IAM::Role', 'request.roleName')],
    [remove('AWS::IAM::RolePolicy', 'request.policyName|request.roleName')],
  ),
  label('iam', 'DeleteUser', 'Its own delete', [remove('AWS::IAM::User', 'request.userName')]),
  label(
    'iam',
    'DetachRolePolicy',
    'The role and the policy stay',
    [update('AWS::IAM::Role', 'request.roleName')],
    [update('AWS::IAM::ManagedPolicy', 'request.policyArn')],
  ),
  label(
    'iam',
    'DetachUserPolicy',
    'The user and the policy stay',
    [update('AWS::IAM::User', 'request.userName')],
    [update('AWS::IAM::ManagedPolicy', 'request.policyArn')],
  ),
  label(
    'iam',
    'PutRolePolicy',
    'An inline policy of the role',
    [update('AWS::IAM::Role', 'request.roleName')],
    [
      update('AWS::IAM::RolePolicy', 'request.policyName|request.roleName'),
      create('AWS::IAM::RolePolicy', 'request.policyName|request.roleName'),
    ],
  ),
  label(
    'iam',
    'RemoveRoleFromInstanceProfile',
    'Both stay',
    [update('AWS::IAM::InstanceProfile', 'request.instanceProfileName')],
    [update('AWS::IAM::Role', 'request.roleName')],
  ),
  label('iam', 'TagInstanceProfile', 'By name', [update('AWS::IAM::InstanceProfile', 'request.instanceProfileName')]),
  label('iam', 'UpdateAssumeRolePolicy', 'Who may assume the role', [update('AWS::IAM::Role', 'request.roleName')]),
  label('iam', 'UpdateLoginProfile', 'A user’s console password', [update('AWS::IAM::User', 'request.userName')]),
]

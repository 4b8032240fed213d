import { type Shape, shape } from './shape.ts'
import { DATA_SHAPES } from './shapes-data.ts'

const BALANCER = `
  text name=LoadBalancerName arn=LoadBalancerArn type scheme canonical_hosted_zone_id vpc_id customer_owned_ipv4_pool
  text dns_name=DNSName ip_address_type state_code=State.Code state_reason=State.Reason
  timestamptz created_time
  jsonb availability_zones security_groups load_balancer_attributes=Attributes tags_src=Tags`

/** All tables; those of networks, machines and balancers are here. */
export const SHAPES: readonly Shape[] = [
  shape(
    'AWS::EC2::NetworkInterface',
    'aws_ec2_network_interface',
    `text network_interface_id status interface_type description availability_zone owner_id ipv6_address
     bool deny_all_igw_traffic ipv6_native requester_managed source_dest_check
     text association_allocation_id=Association.AllocationId association_id=Association.AssociationId
     inet association_carrier_ip=Association.CarrierIp association_customer_owned_ip=Association.CustomerOwnedIp
     inet association_public_ip=Association.PublicIp private_ip_address
     text association_ip_owner_id=Association.IpOwnerId association_public_dns_name=Association.PublicDnsName
     text attached_instance_id=Attachment.InstanceId attached_instance_owner_id=Attachment.InstanceOwnerId
     text attachment_id=Attachment.AttachmentId attachment_status=Attachment.Status
     timestamptz attachment_time=Attachment.AttachTime
     bool delete_on_instance_termination=Attachment.DeleteOnTermination
     bigint device_index=Attachment.DeviceIndex
     text mac_address outpost_arn private_dns_name requester_id subnet_id vpc_id
     jsonb groups ipv6_addresses private_ip_addresses connection_tracking_configuration ipv6_prefixes ipv4_prefixes
     jsonb tags_src=TagSet`,
  ),
  shape(
    'AWS::EC2::EIP',
    'aws_vpc_eip',
    `text allocation_id public_ipv4_pool domain association_id carrier_ip customer_owned_ipv4_pool instance_id
     text network_border_group network_interface_id network_interface_owner_id
     inet public_ip customer_owned_ip private_ip_address
     jsonb tags_src=Tags`,
  ),
  shape(
    'AWS::EC2::NatGateway',
    'aws_vpc_nat_gateway',
    `text nat_gateway_id state vpc_id subnet_id failure_code failure_message
     timestamptz create_time delete_time
     jsonb nat_gateway_addresses provisioned_bandwidth tags_src=Tags`,
  ),
  shape(
    'AWS::EC2::VPC',
    'aws_vpc',
    `text vpc_id state dhcp_options_id instance_tenancy owner_id
     cidr cidr_block
     bool is_default
     jsonb cidr_block_association_set ipv6_cidr_block_association_set tags_src=Tags`,
  ),
  shape(
    'AWS::EC2::Subnet',
    'aws_vpc_subnet',
    `text subnet_id subnet_arn vpc_id state owner_id availability_zone availability_zone_id customer_owned_ipv4_pool
     text outpost_arn
     cidr cidr_block
     bool assign_ipv6_address_on_creation default_for_az map_customer_owned_ip_on_launch map_public_ip_on_launch
     bigint available_ip_address_count
     jsonb ipv6_cidr_block_association_set tags_src=Tags`,
  ),
  shape(
    'AWS::EC2::VPCEndpoint',
    'aws_vpc_endpoint',
    `text vpc_endpoint_id service_name owner_id vpc_id vpc_endpoint_type state
     bool private_dns_enabled requester_managed
     timestamptz creation_timestamp
     jsonb policy=PolicyDocument subnet_ids route_table_ids groups network_interface_ids dns_entries tags_src=Tags`,
  ),
  shape(
    'AWS::EC2::Instance',
    'aws_ec2_instance',
    `text instance_id instance_type instance_state=State.Name monitoring_state=Monitoring.State hypervisor image_id
     text iam_instance_profile_arn=IamInstanceProfile.Arn iam_instance_profile_id=IamInstanceProfile.Id key_name
     text outpost_arn placement_availability_zone=Placement.AvailabilityZone placement_group_name=Placement.GroupName
     text placement_tenancy=Placement.Tenancy private_dns_name public_dns_name root_device_name root_device_type
     text subnet_id virtualization_type vpc_id architecture boot_mode platform platform_details client_token
     inet private_ip_address public_ip_address
     bool ebs_optimized source_dest_check ena_support
     bigint cpu_options_core_count=CpuOptions.CoreCount cpu_options_threads_per_core=CpuOptions.ThreadsPerCore
     bigint state_code=State.Code
     timestamptz launch_time
     jsonb block_device_mappings network_interfaces product_codes security_groups metadata_options tags_src=Tags`,
  ),
  shape(
    'AWS::Lambda::Function',
    'aws_lambda_function',
    `text name=FunctionName arn=FunctionArn code_sha_256=CodeSha256 description handler kms_key_arn=KMSKeyArn timeout
     text dead_letter_config_target_arn=DeadLetterConfig.TargetArn version package_type master_arn role runtime
     text vpc_id=VpcConfig.VpcId state last_update_status
     bigint code_size memory_size reserved_concurrent_executions
     jsonb architectures environment_variables=Environment.Variables file_system_configs policy tracing_config snap_start
     jsonb url_config=FunctionUrlConfig vpc_security_group_ids=VpcConfig.SecurityGroupIds
     jsonb vpc_subnet_ids=VpcConfig.SubnetIds layers tags`,
  ),
  shape(
    'AWS::ECS::Task',
    'aws_ecs_task',
    `text cluster_name=: task_arn=taskArn cluster_arn=clusterArn launch_type=launchType
     text availability_zone=availabilityZone capacity_provider_name=capacityProviderName
     text container_instance_arn=containerInstanceArn cpu=cpu group=group memory=memory started_by=startedBy
     text platform_version=platformVersion task_definition_arn=taskDefinitionArn last_status=lastStatus
     bool enable_execute_command=enableExecuteCommand
     timestamptz created_at=createdAt started_at=startedAt
     jsonb attachments=attachments containers=containers overrides=overrides tags_src=tags`,
  ),
  shape('AWS::ElasticLoadBalancingV2::LoadBalancer', 'aws_ec2_application_load_balancer', BALANCER),
  shape('AWS::ElasticLoadBalancingV2::LoadBalancer', 'aws_ec2_network_load_balancer', BALANCER),
  shape('AWS::ElasticLoadBalancingV2::LoadBalancer', 'aws_ec2_gateway_load_balancer', BALANCER),
  shape(
    'AWS::ElasticLoadBalancing::LoadBalancer',
    'aws_ec2_classic_load_balancer',
    `text name=LoadBalancerName scheme vpc_id=VPCId canonical_hosted_zone_name dns_name=DNSName
     text canonical_hosted_zone_name_id=CanonicalHostedZoneNameID health_check_target=HealthCheck.Target
     text source_security_group_name=SourceSecurityGroup.GroupName
     text source_security_group_owner_alias=SourceSecurityGroup.OwnerAlias
     timestamptz created_time
     bigint health_check_interval=HealthCheck.Interval health_check_timeout=HealthCheck.Timeout
     bigint healthy_threshold=HealthCheck.HealthyThreshold unhealthy_threshold=HealthCheck.UnhealthyThreshold
     bigint access_log_emit_interval=LoadBalancerAttributes.AccessLog.EmitInterval
     bool access_log_enabled=LoadBalancerAttributes.AccessLog.Enabled
     text access_log_s3_bucket_name=LoadBalancerAttributes.AccessLog.S3BucketName
     text access_log_s3_bucket_prefix=LoadBalancerAttributes.AccessLog.S3BucketPrefix
     bool cross_zone_load_balancing_enabled=LoadBalancerAttributes.CrossZoneLoadBalancing.Enabled
     bool connection_draining_enabled=LoadBalancerAttributes.ConnectionDraining.Enabled
     bigint connection_draining_timeout=LoadBalancerAttributes.ConnectionDraining.Timeout
     bigint connection_settings_idle_timeout=LoadBalancerAttributes.ConnectionSettings.IdleTimeout
     jsonb availability_zones backend_server_descriptions instances listener_descriptions security_groups subnets
     jsonb tags_src=Tags`,
  ),
  ...DATA_SHAPES,
]

export type { Shape }

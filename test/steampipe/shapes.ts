/*
 * The tables of Steampipe's AWS plugin as its documentation and its public sources have them (github.com/turbot/steampipe-plugin-aws,
 * aws/table_NAME.go for each NAME below): every column that belongs to the asset itself, its PostgreSQL type (the plugin's STRING is text, IPADDR inet,
 * CIDR cidr, INT bigint, TIMESTAMP timestamptz, JSON jsonb), and where the plugin takes it from in the reply of the API. Unless said, that is the
 * column's own name in capitals: `vpc_id` is `VpcId`. Made from those sources and not from our mapping, so that the two can disagree.
 */

export interface Shape {
  readonly table: string
  readonly type: string
  /** `global`: the table has no column `region`, or it is none of the place's. */
  readonly scope: 'regional' | 'global'
  readonly columns: readonly ShapeColumn[]
}

export interface ShapeColumn {
  readonly name: string
  readonly type: string
  readonly from: string
}

function shape(type: string, table: string, text: string, scope: 'regional' | 'global' = 'regional'): Shape {
  const columns = text
    .trim()
    .split('\n')
    .flatMap(line => {
      const [kind = '', ...names] = line.trim().split(/\s+/)
      return names.map(each => {
        const [name = '', from = pascal(name)] = each.split('=')
        return { name, type: kind, from }
      })
    })
  return { table, type, scope, columns }
}

function pascal(column: string): string {
  return column
    .split('_')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

const BALANCER = `
  text name=LoadBalancerName arn=LoadBalancerArn type scheme canonical_hosted_zone_id vpc_id customer_owned_ipv4_pool
  text dns_name=DNSName ip_address_type state_code=State.Code state_reason=State.Reason
  timestamptz created_time
  jsonb availability_zones security_groups load_balancer_attributes=Attributes tags_src=Tags`

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
  shape(
    'AWS::RDS::DBInstance',
    'aws_rds_db_instance',
    `text db_instance_identifier=DBInstanceIdentifier arn=DBInstanceArn db_cluster_identifier=DBClusterIdentifier
     text status=DBInstanceStatus class=DBInstanceClass resource_id=DbiResourceId availability_zone
     text ca_certificate_identifier=CACertificateIdentifier db_name=DBName engine engine_version kms_key_id license_model
     text db_subnet_group_arn=DBSubnetGroup.DBSubnetGroupArn db_subnet_group_name=DBSubnetGroup.DBSubnetGroupName
     text db_subnet_group_description=DBSubnetGroup.DBSubnetGroupDescription vpc_id=DBSubnetGroup.VpcId
     text db_subnet_group_status=DBSubnetGroup.SubnetGroupStatus endpoint_address=Endpoint.Address
     text endpoint_hosted_zone_id=Endpoint.HostedZoneId master_user_name=MasterUsername monitoring_role_arn
     text preferred_backup_window preferred_maintenance_window storage_type
     text performance_insights_kms_key_id=PerformanceInsightsKMSKeyId
     text read_replica_source_db_instance_identifier=ReadReplicaSourceDBInstanceIdentifier
     bool auto_minor_version_upgrade copy_tags_to_snapshot deletion_protection multi_az=MultiAZ publicly_accessible
     bool iam_database_authentication_enabled=IAMDatabaseAuthenticationEnabled storage_encrypted
     text character_set_name enhanced_monitoring_resource_arn nchar_character_set_name replica_mode tde_credential_arn
     text secondary_availability_zone timezone
     bool customer_owned_ip_enabled performance_insights_enabled
     bigint max_allocated_storage monitoring_interval performance_insights_retention_period promotion_tier
     bigint storage_throughput
     jsonb read_replica_db_cluster_identifiers=ReadReplicaDBClusterIdentifiers
     bigint allocated_storage backup_retention_period port=DbInstancePort endpoint_port=Endpoint.Port iops
     timestamptz create_time=InstanceCreateTime latest_restorable_time
     jsonb associated_roles db_parameter_groups=DBParameterGroups db_security_groups=DBSecurityGroups domain_memberships
     jsonb enabled_cloudwatch_logs_exports option_group_memberships pending_modified_values status_infos
     jsonb read_replica_db_instance_identifiers=ReadReplicaDBInstanceIdentifiers subnets=DBSubnetGroup.Subnets
     jsonb vpc_security_groups tags_src=TagList`,
  ),
  shape(
    'AWS::RDS::DBCluster',
    'aws_rds_db_cluster',
    `text db_cluster_identifier=DBClusterIdentifier arn=DBClusterArn status resource_id=DbClusterResourceId
     text database_name db_cluster_parameter_group=DBClusterParameterGroup db_subnet_group=DBSubnetGroup endpoint engine
     text engine_mode engine_version hosted_zone_id kms_key_id master_user_name=MasterUsername reader_endpoint
     text preferred_backup_window preferred_maintenance_window monitoring_role_arn storage_type network_type
     text performance_insights_kms_key_id=PerformanceInsightsKMSKeyId
     text character_set_name
     bool auto_minor_version_upgrade
     bool copy_tags_to_snapshot deletion_protection http_endpoint_enabled multi_az=MultiAZ storage_encrypted
     bool iam_database_authentication_enabled=IAMDatabaseAuthenticationEnabled publicly_accessible
     bigint allocated_storage backup_retention_period port
     timestamptz create_time=ClusterCreateTime
     jsonb associated_roles availability_zones custom_endpoints members=DBClusterMembers enabled_cloudwatch_logs_exports
     jsonb master_user_secret vpc_security_groups tags_src=TagList`,
  ),
  shape(
    'AWS::Redshift::Cluster',
    'aws_redshift_cluster',
    `text cluster_identifier cluster_namespace_arn availability_zone cluster_public_key cluster_revision_number
     text cluster_status cluster_subnet_group_name cluster_version db_name=DBName kms_key_id maintenance_track_name
     text master_username node_type preferred_maintenance_window vpc_id
     bool allow_version_upgrade encrypted enhanced_vpc_routing publicly_accessible
     bigint automated_snapshot_retention_period manual_snapshot_retention_period number_of_nodes
     timestamptz cluster_create_time
     jsonb cluster_nodes cluster_parameter_groups cluster_security_groups elastic_ip_status endpoint iam_roles
     jsonb vpc_security_groups tags_src=Tags`,
  ),
  shape(
    'AWS::IAM::AccessKey',
    'aws_iam_access_key',
    `text access_key_id user_name status
     timestamptz create_date`,
    'global',
  ),
  shape(
    'AWS::IAM::User',
    'aws_iam_user',
    `text name=UserName user_id path arn
     timestamptz create_date password_last_used
     text permissions_boundary_arn=PermissionsBoundary.PermissionsBoundaryArn
     text permissions_boundary_type=PermissionsBoundary.PermissionsBoundaryType
     jsonb groups=:groups inline_policies=UserPolicyList attached_policy_arns=:arns login_profile=LoginProfile
     jsonb mfa_devices=MFADevices tags_src=Tags`,
    'global',
  ),
  shape(
    'AWS::Route53::HostedZone',
    'aws_route53_zone',
    `text name id=:zone caller_reference comment=Config.Comment
     bool private_zone=Config.PrivateZone
     text linked_service_principal=LinkedService.ServicePrincipal linked_service_description=LinkedService.Description
     bigint resource_record_set_count
     jsonb vpcs=VPCs tags_src=Tags`,
    'global',
  ),
  shape(
    'AWS::Route53::RecordSet',
    'aws_route53_record',
    `text name zone_id=HostedZoneId type failover health_check_id latency_region=Region set_identifier ttl=TTL
     text traffic_policy_instance_id
     bool multi_value_answer
     bigint weight
     jsonb alias_target geo_location records=:records`,
    'global',
  ),
  shape(
    'AWS::CloudFront::Distribution',
    'aws_cloudfront_distribution',
    `text id arn=ARN status caller_reference=DistributionConfig.CallerReference comment=DistributionConfig.Comment
     text default_root_object=DistributionConfig.DefaultRootObject domain_name
     text http_version=DistributionConfig.HttpVersion price_class=DistributionConfig.PriceClass
     text web_acl_id=DistributionConfig.WebACLId
     bool enabled=DistributionConfig.Enabled is_ipv6_enabled=DistributionConfig.IsIPV6Enabled
     bigint in_progress_invalidation_batches
     timestamptz last_modified_time
     jsonb aliases=DistributionConfig.Aliases cache_behaviors=DistributionConfig.CacheBehaviors
     jsonb custom_error_responses=DistributionConfig.CustomErrorResponses
     jsonb default_cache_behavior=DistributionConfig.DefaultCacheBehavior logging=DistributionConfig.Logging
     jsonb origins=DistributionConfig.Origins.Items origin_groups=DistributionConfig.OriginGroups
     jsonb restrictions=DistributionConfig.Restrictions viewer_certificate=DistributionConfig.ViewerCertificate
     jsonb tags_src=Tags`,
    'global',
  ),
  shape(
    'AWS::ApiGateway::DomainName',
    'aws_api_gateway_domain_name',
    `text domain_name=domainName certificate_arn=certificateArn certificate_name=certificateName
     text distribution_domain_name=distributionDomainName distribution_hosted_zone_id=distributionHostedZoneId
     text domain_name_status=domainNameStatus regional_certificate_arn=regionalCertificateArn
     text regional_certificate_name=regionalCertificateName regional_domain_name=regionalDomainName
     text regional_hosted_zone_id=regionalHostedZoneId security_policy=securityPolicy
     text ownership_verification_certificate_arn=ownershipVerificationCertificateArn
     timestamptz certificate_upload_date=certificateUploadDate
     jsonb endpoint_configuration=:endpointConfiguration mutual_tls_authentication=mutualTlsAuthentication tags=tags`,
  ),
  shape(
    'AWS::ApiGateway::RestApi',
    'aws_api_gateway_rest_api',
    `text name=name api_id=id version=version api_key_source=apiKeySource description=description
     timestamptz created_date=createdDate
     bigint minimum_compression_size=minimumCompressionSize
     jsonb policy=policy binary_media_types=binaryMediaTypes warnings=warnings tags=tags
     jsonb endpoint_configuration_types=endpointConfiguration.types
     jsonb endpoint_configuration_vpc_endpoint_ids=endpointConfiguration.vpcEndpointIds`,
  ),
  shape(
    'AWS::ApiGatewayV2::Api',
    'aws_api_gatewayv2_api',
    `text name api_id api_endpoint description protocol_type api_key_selection_expression route_selection_expression version
     bool api_gateway_managed disable_execute_api_endpoint disable_schema_validation
     timestamptz created_date
     jsonb cors_configuration import_info warnings tags`,
  ),
  shape(
    'AWS::S3::Bucket',
    'aws_s3_bucket',
    `text name region=Location
     timestamptz creation_date
     bool bucket_policy_is_public=PolicyStatus.IsPublic versioning_enabled=:versioning
     bool block_public_acls=PublicAccessBlockConfiguration.BlockPublicAcls
     bool block_public_policy=PublicAccessBlockConfiguration.BlockPublicPolicy
     bool ignore_public_acls=PublicAccessBlockConfiguration.IgnorePublicAcls
     bool restrict_public_buckets=PublicAccessBlockConfiguration.RestrictPublicBuckets
     jsonb server_side_encryption_configuration acl=:acl lifecycle_rules logging=LoggingEnabled policy
     jsonb object_ownership_controls=OwnershipControls website_configuration tags_src=TagSet`,
    'global',
  ),
]

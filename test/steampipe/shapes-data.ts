import { type Shape, shape } from './shape.ts'

/** Databases, identities, names and buckets. */
export const DATA_SHAPES: readonly Shape[] = [
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

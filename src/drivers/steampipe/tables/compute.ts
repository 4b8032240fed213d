import { alike, called, keyed, type SteampipeTable } from '../table.ts'

export const COMPUTE: readonly SteampipeTable[] = [
  {
    type: 'AWS::EC2::Instance',
    name: 'aws_ec2_instance',
    scope: 'regional',
    isAllOrNothing: true,
    columns: {
      ...alike('instance_id', 'instance_type', 'ebs_optimized', 'hypervisor', 'image_id', 'key_name', 'launch_time'),
      ...alike('outpost_arn', 'private_ip_address', 'private_dns_name', 'public_dns_name', 'public_ip_address'),
      ...alike(
        'root_device_name',
        'root_device_type',
        'source_dest_check',
        'subnet_id',
        'virtualization_type',
        'vpc_id',
      ),
      ...alike('block_device_mappings', 'network_interfaces', 'product_codes', 'security_groups', 'metadata_options'),
      ...alike('architecture', 'boot_mode', 'ena_support', 'platform', 'platform_details', 'client_token'),
      instance_state: 'State.Name',
      state_code: 'State.Code',
      monitoring_state: 'Monitoring.State',
      cpu_options_core_count: 'CpuOptions.CoreCount',
      cpu_options_threads_per_core: 'CpuOptions.ThreadsPerCore',
      iam_instance_profile_arn: 'IamInstanceProfile.Arn',
      iam_instance_profile_id: 'IamInstanceProfile.Id',
      placement_availability_zone: 'Placement.AvailabilityZone',
      placement_group_name: 'Placement.GroupName',
      placement_tenancy: 'Placement.Tenancy',
      tags_src: 'Tags',
    },
    rows: keyed('instance_id'),
  },
  {
    type: 'AWS::Lambda::Function',
    name: 'aws_lambda_function',
    scope: 'regional',
    columns: {
      ...alike('code_size', 'description', 'handler', 'version', 'package_type', 'master_arn', 'memory_size', 'role'),
      ...alike('runtime', 'architectures', 'file_system_configs', 'tracing_config', 'snap_start', 'layers'),
      name: 'FunctionName',
      arn: 'FunctionArn',
      code_sha_256: 'CodeSha256',
      dead_letter_config_target_arn: 'DeadLetterConfig.TargetArn',
      kms_key_arn: 'KMSKeyArn',
      timeout: { path: 'Timeout', convert: Number },
      vpc_id: 'VpcConfig.VpcId',
      vpc_security_group_ids: 'VpcConfig.SecurityGroupIds',
      vpc_subnet_ids: 'VpcConfig.SubnetIds',
      environment_variables: 'Environment.Variables',
      reserved_concurrent_executions: called('ReservedConcurrentExecutions'),
      policy: called('Policy'),
      url_config: { path: 'FunctionUrlConfig', ownCall: true, hasTextInstants: true },
      tags: called('Tags'),
    },
    rows: keyed('name'),
  },
  {
    type: 'AWS::ECS::Task',
    name: 'aws_ecs_task',
    scope: 'regional',
    columns: {
      task_arn: 'taskArn',
      cluster_arn: 'clusterArn',
      launch_type: 'launchType',
      availability_zone: 'availabilityZone',
      capacity_provider_name: 'capacityProviderName',
      container_instance_arn: 'containerInstanceArn',
      cpu: 'cpu',
      created_at: 'createdAt',
      enable_execute_command: 'enableExecuteCommand',
      group: 'group',
      memory: 'memory',
      platform_version: 'platformVersion',
      started_at: 'startedAt',
      started_by: 'startedBy',
      task_definition_arn: 'taskDefinitionArn',
      attachments: { path: 'attachments', convert: inSmallLetters },
      containers: { path: 'containers', convert: inSmallLetters },
      tags_src: { path: 'tags', convert: inSmallLetters },
    },
    // The table lists the tasks of a cluster, and that by its name.
    rows: ids =>
      [...Map.groupBy(ids, id => /:task\/([^/]+)\/[^/]+$/.exec(id)?.[1] ?? 'default')].map(([cluster, tasks]) => [
        { column: 'cluster_name', values: [cluster] },
        { column: 'task_arn', values: tasks },
      ]),
  },
]

/** ECS has small first letters in its API; the plugin writes the names of its own library. */
function inSmallLetters(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inSmallLetters)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.charAt(0).toLowerCase() + key.slice(1), inSmallLetters(inner)]),
  )
}

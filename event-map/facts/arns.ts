/**
 * Types that are identified by name although their ARNs end in an id of their own, so that neither gives the other:
 * `config-rule/config-rule-abc123`. Everywhere else the last variable of an ARN is the name, whatever the models call it.
 */
export const ENDS_IN_ID =
  /^AWS::(?:Config|Lightsail|RedshiftServerless)::|^AWS::(?:Glue::Integration|MediaTailor::PlaybackConfiguration|OpenSearchService::Application|RDS::DBProxy(?:Endpoint)?|Synthetics::Group)$/

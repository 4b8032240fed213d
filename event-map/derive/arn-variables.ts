/** The variables of an ARN template that say which one, not where. */
export function variablesOf(arn: string): readonly string[] {
  const names = [...arn.matchAll(/\$\{([^}]*)\}/g)].map(match => match[1] ?? '')
  return names.filter(name => !['Partition', 'Region', 'Account'].includes(name))
}

/** A list as PostgreSQL writes it, for where an array of arrays would have to be of equal lengths. */
export function arrayText(values: readonly string[]): string {
  return `{${values.map(value => `"${value.replace(/["\\]/g, '\\$&')}"`).join()}}`
}

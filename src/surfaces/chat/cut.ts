/** At most so many UTF-16 code units, no character cut in two. To be done before escaping. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text
  return `${text
    .slice(0, Math.max(0, max - 1))
    .toWellFormed()
    .replace(/\ufffd$/, '')}…`
}

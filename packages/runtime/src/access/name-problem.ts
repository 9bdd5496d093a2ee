/** Maximum length in characters of the id of a user or of a tenant. */
export const longestName = 255

/** Returns why a value can't be the id of a user or of a tenant; undefined if it can. */
export function nameProblem(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'is not a string'
  if (value.trim() === '') return 'is empty'
  if (value.length > longestName) return `has more than ${longestName} characters`
  // A control character makes log lines and SQL texts ambiguous, and PostgreSQL can't store NUL. A lone surrogate is not Unicode.
  if (/\p{Cc}/u.test(value) || !value.isWellFormed()) return 'has characters that are not allowed'
  return undefined
}

/** Maximum number of distinct values of a metric label whose values agents and models choose. */
export const mostLabelValues = 100

/** Creates a function that returns the value of a label, and `other` for each new value beyond the maximum. */
export function createBoundedLabel(): (value: string) => string {
  const seen = new Set<string>()
  return (value) => {
    if (seen.has(value)) return value
    if (seen.size >= mostLabelValues) return 'other'
    seen.add(value)
    return value
  }
}

/** Maximum of different values of a label whose values come from agents and models. */
export const mostLabelValues = 100

/** A function that returns the value of a label, and `other` for each new value beyond the maximum. */
export function createBoundedLabel(): (value: string) => string {
  const seen = new Set<string>()
  return (value) => {
    if (seen.has(value)) return value
    if (seen.size >= mostLabelValues) return 'other'
    seen.add(value)
    return value
  }
}

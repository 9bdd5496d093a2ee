/** Keywords of PromQL that could be mistaken for metrics. */
const keywords = new Set([
  'and',
  'or',
  'unless',
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
  'offset',
  'bool',
  'inf',
  'nan',
])

/** Names of the metrics and recorded series in a PromQL expression. */
export function metricNames(expression: string): string[] {
  const bare = expression
    // Removes labels and durations.
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
    .replaceAll(/\{[^}]*\}/g, ' ')
    .replaceAll(/\[[^\]]*\]/g, ' ')
    .replaceAll(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ')
  const words = [...bare.matchAll(/[a-zA-Z_:][\w:]*(?!\w)(?!\s*\()/g)].map(([word]) => word)
  return [...new Set(words.filter((word) => !keywords.has(word.toLowerCase())))]
}

/** Labels by which an expression selects series of a metric. Labels in `by` clauses are not included. */
export function labelsAsked(expression: string, metric: string): string[] {
  const matchers = [...expression.matchAll(new RegExp(`\\b${metric}\\{([^}]*)\\}`, 'g'))].map(
    ([, inside]) => inside ?? '',
  )
  return [
    ...new Set(matchers.flatMap((inside) => [...inside.matchAll(/(\w+)\s*[=!]~?"/g)].map(([, label]) => label ?? ''))),
  ]
}

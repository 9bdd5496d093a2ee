/** Words of PromQL that stand where a metric could. */
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

/** The metrics and recorded series that an expression reads. */
export function metricNames(expression: string): string[] {
  const bare = expression
    // Labels and durations are no metrics.
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
    .replaceAll(/\{[^}]*\}/g, ' ')
    .replaceAll(/\[[^\]]*\]/g, ' ')
    .replaceAll(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ')
  const words = [...bare.matchAll(/[a-zA-Z_:][\w:]*(?!\w)(?!\s*\()/g)].map(([word]) => word)
  return [...new Set(words.filter((word) => !keywords.has(word.toLowerCase())))]
}

/** The labels by which an expression picks series of a metric. Those that it groups by are not seen. */
export function labelsAsked(expression: string, metric: string): string[] {
  const matchers = [...expression.matchAll(new RegExp(`\\b${metric}\\{([^}]*)\\}`, 'g'))].map(
    ([, inside]) => inside ?? '',
  )
  return [
    ...new Set(matchers.flatMap((inside) => [...inside.matchAll(/(\w+)\s*[=!]~?"/g)].map(([, label]) => label ?? ''))),
  ]
}

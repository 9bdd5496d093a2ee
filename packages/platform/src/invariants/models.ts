import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Requires a configured provider for every model, fallbacks that differ from the models before them, and ordered routing thresholds. */
export function models({ models: { providers, default: standard, fallbacks, routing } }: Environment): Problem[] {
  const configured = Object.entries(providers).flatMap(([name, provider]) => (provider ? [name] : []))
  const named: [path: string, model: string][] = [
    ['models.default', standard],
    ...fallbacks.map((model, index): [string, string] => [`models.fallbacks[${index}]`, model]),
  ]
  if (routing)
    named.push(
      ['models.routing.simple', routing.simple],
      ['models.routing.standard', routing.standard],
      ['models.routing.complex', routing.complex],
    )
  const problems: Problem[] = []
  for (const [path, model] of named) {
    const provider = model.slice(0, model.indexOf(':'))
    if (configured.includes(provider)) continue
    const known = configured.length > 0 ? configured.join(', ') : 'none'
    problems.push({
      path,
      value: model,
      allowed: `The provider of the model is not configured. Configured providers: ${known}.`,
      remedy: `Add models.providers.${provider}: {}, or choose another model.`,
    })
  }
  for (const [index, model] of fallbacks.entries()) {
    if (model !== standard && fallbacks.indexOf(model) === index) continue
    problems.push({
      path: `models.fallbacks[${index}]`,
      value: model,
      allowed: 'The same model comes earlier, as the default or as a fallback.',
      remedy: 'Remove it, or choose another model.',
    })
  }
  if (routing && routing.simpleBelowTokens >= routing.standardBelowTokens)
    problems.push({
      path: 'models.routing.simpleBelowTokens',
      value: routing.simpleBelowTokens,
      allowed: `Must be less than standardBelowTokens (${routing.standardBelowTokens}). Otherwise no request is routed to the standard model.`,
      remedy: 'Lower it, or raise standardBelowTokens.',
    })
  return problems
}

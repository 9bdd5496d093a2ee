import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** A model whose provider has no key fails at its first call; a model that falls back on itself doesn't fall back. */
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
      allowed: `Its provider is not configured; configured: ${known}.`,
      remedy: `Add models.providers.${provider}: {}, or name another model.`,
    })
  }
  for (const [index, model] of fallbacks.entries()) {
    if (model !== standard && fallbacks.indexOf(model) === index) continue
    problems.push({
      path: `models.fallbacks[${index}]`,
      value: model,
      allowed: 'It has been tried before it is its turn.',
      remedy: 'Remove it, or name another model.',
    })
  }
  if (routing && routing.simpleBelowTokens >= routing.standardBelowTokens)
    problems.push({
      path: 'models.routing.simpleBelowTokens',
      value: routing.simpleBelowTokens,
      allowed: `Allowed is less than standardBelowTokens (${routing.standardBelowTokens}): else no request is ever standard.`,
      remedy: 'Lower it, or raise standardBelowTokens.',
    })
  return problems
}

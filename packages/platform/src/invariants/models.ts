import type { Environment } from '../environment.ts'
import { namedModels } from '../named-models.ts'
import type { Problem } from '../problem.ts'
import { ModelProviders } from '../schema/model-providers.ts'

const builtIn = Object.keys(ModelProviders.shape)
const isBuiltIn = (provider: string): boolean => builtIn.includes(provider)
const needsSettings = (provider: string): boolean => ['azure_openai', 'google-vertexai', 'bedrock'].includes(provider)

/** Requires a configured provider for every model, fallbacks that differ from the models before them, and ordered routing thresholds. */
export function models({ models: configuration }: Environment): Problem[] {
  const { providers, packages, default: standard, fallbacks, routing } = configuration
  const configured = [
    ...Object.entries(providers).flatMap(([name, provider]) => (provider ? [name] : [])),
    ...Object.keys(packages),
  ]
  const problems: Problem[] = Object.entries(packages).flatMap(([name, { keyOption, options }]) => [
    ...(isBuiltIn(name)
      ? [
          {
            path: `models.packages.${name}`,
            value: name,
            allowed: 'The server supports this provider itself.',
            remedy: `Use models.providers.${name}, or another name.`,
          },
        ]
      : []),
    ...(keyOption in options
      ? [
          {
            path: `models.packages.${name}.options.${keyOption}`,
            value: '(hidden)',
            allowed: 'The key of a provider must be in the secret store, not in Git.',
            remedy: 'Remove it, revoke the key, and put a new one into the secret store.',
          },
        ]
      : []),
  ])
  for (const { path, model } of namedModels(configuration)) {
    const provider = model.slice(0, model.indexOf(':'))
    if (configured.includes(provider)) continue
    const known = configured.length > 0 ? configured.join(', ') : 'none'
    problems.push({
      path,
      value: model,
      allowed: `The provider of the model is not configured. Configured providers: ${known}.`,
      remedy: isBuiltIn(provider)
        ? `Add models.providers.${provider}: {${needsSettings(provider) ? ' … ' : ''}}, or choose another model.`
        : `Add models.packages.${provider} with a LangChain package, use one of the providers ${builtIn.join(', ')}, or choose another model.`,
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

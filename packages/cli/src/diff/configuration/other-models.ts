import type { Environment } from '@hadal/platform/environment'
import { namedModels } from '@hadal/platform/named-models'
import type { ConfigurationDanger } from './configuration-danger.ts'

/** Finds providers that newly get prompts, and fallbacks that are removed. */
export function otherModels(before: Environment, after: Environment): ConfigurationDanger[] {
  const known = usedProviders(before)
  const found = [...usedProviders(after)]
    .filter(([provider]) => !known.has(provider))
    .map(
      ([provider, field]): ConfigurationDanger => ({
        rule: 'other-destination',
        field,
        what: `Requests newly go to the provider "${provider}".`,
        why: 'Prompts and the contents of files are sent there, for which a contract and a key are needed.',
      }),
    )
  const [old, fresh] = [before.models.fallbacks.length, after.models.fallbacks.length]
  if (fresh < old)
    found.push({
      rule: 'interrupted-runs',
      field: 'models.fallbacks',
      what: `The number of fallback models changes from ${old} to ${fresh}.`,
      why: 'Runs fail if the remaining models are unavailable.',
    })
  return found
}

/** Providers of all models that the configuration names, each with the first field that names it. */
function usedProviders({ models }: Environment): ReadonlyMap<string, string> {
  const used = new Map<string, string>()
  for (const { path, model } of namedModels(models)) {
    const provider = model.split(':')[0] ?? ''
    // The list of fallbacks is compared as a whole.
    if (!used.has(provider)) used.set(provider, path.replace(/\[\d+\]$/, ''))
  }
  return used
}

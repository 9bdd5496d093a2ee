import type { Environment } from '@hadal/platform/environment'
import { argocdNames } from '@hadal/platform/names'
import type { Rule } from '../policy-resource.ts'

/** What this program makes in an environment's own namespace. All else there is Argo CD's, which would win silently. */
const ours = new Set(['Secret', 'SecretStore', 'PushSecret'])

/** Nothing is registered that Argo CD syncs from Git: no workload of the environment, no Application but the root. */
export const notArgoCds =
  (environment: Environment): Rule =>
  ({ type, props }) => {
    if (!type.startsWith('kubernetes:')) return []
    const kind = type.slice(type.lastIndexOf(':') + 1)
    const { name, namespace } = metadataOf(props)
    const remedy = 'Put it into charts.'
    if (kind === 'AppProject' || (kind === 'Application' && name !== argocdNames.root(environment)))
      return [`${kind} "${name}" is Argo CD's to sync: Pulumi makes the root Application alone. ${remedy}`]
    if (namespace === environment.namespace && !ours.has(kind))
      return [
        `${kind} "${name}" stands in "${namespace}", where Pulumi makes ${[...ours].join(', ')} alone: the rest is Argo CD's. ${remedy}`,
      ]
    return []
  }

function metadataOf({ metadata }: Readonly<Record<string, unknown>>): { name: string; namespace: string | undefined } {
  const { name, namespace }: { name?: unknown; namespace?: unknown } = metadata ?? {}
  return { name: String(name), namespace: typeof namespace === 'string' ? namespace : undefined }
}

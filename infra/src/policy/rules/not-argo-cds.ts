import type { Environment } from '@hadal/platform/environment'
import { argocdNames } from '@hadal/platform/names'
import type { Rule } from '../policy-resource.ts'

/** Kinds that Pulumi creates in the environment's namespace. Argo CD owns all others there and would overwrite them without an error. */
const ours = new Set(['Secret', 'SecretStore', 'PushSecret'])

/** Rule: Pulumi must not create objects that Argo CD syncs from Git, i.e. objects of the environment and Applications other than the root. */
export const notArgoCds =
  (environment: Environment): Rule =>
  ({ type, props }) => {
    if (!type.startsWith('kubernetes:')) return []
    const kind = type.slice(type.lastIndexOf(':') + 1)
    const { name, namespace } = metadataOf(props)
    const remedy = 'Render it in charts/ instead.'
    if (kind === 'AppProject' || (kind === 'Application' && name !== argocdNames.root(environment)))
      return [`${kind} "${name}" belongs to Argo CD: Pulumi creates only the root Application. ${remedy}`]
    if (namespace === environment.namespace && !ours.has(kind))
      return [
        `${kind} "${name}" is in "${namespace}", where Pulumi creates only ${[...ours].join(', ')}: the rest belongs to Argo CD. ${remedy}`,
      ]
    return []
  }

function metadataOf({ metadata }: Readonly<Record<string, unknown>>): { name: string; namespace: string | undefined } {
  const { name, namespace }: { name?: unknown; namespace?: unknown } = metadata ?? {}
  return { name: String(name), namespace: typeof namespace === 'string' ? namespace : undefined }
}

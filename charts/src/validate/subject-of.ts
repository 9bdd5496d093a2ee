import type { Environment } from '@hadal/platform/environment'
import { manifestsFolder } from '@hadal/platform/names'
import { secretsOf } from '@hadal/platform/secret-table'
import type { RenderedObject } from '../rendered-object.ts'
import type { Subject } from './subject.ts'

/** Creates the input of the validation rules from an environment and its rendered objects. */
export const subjectOf = (environment: Environment, objects: readonly RenderedObject[]): Subject => ({
  namespace: environment.namespace,
  argocdNamespace: environment.cluster.argocdNamespace,
  manifests: manifestsFolder(environment.name),
  objects,
  givenSecrets: givenSecrets(environment),
})

/** Secrets that exist before the first sync: the whole secret table if `secrets` is Pulumi; otherwise rendered objects create them. */
function givenSecrets(environment: Environment): ReadonlyMap<string, ReadonlySet<string>> {
  const given = new Map<string, Set<string>>()
  if (environment.secrets.kind !== 'pulumi') return given
  for (const { secret, key, maker } of secretsOf(environment)) {
    if (maker === 'secrets') given.set(secret, (given.get(secret) ?? new Set()).add(key))
  }
  return given
}

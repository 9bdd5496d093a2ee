import type { Environment } from '@hadal/platform/environment'
import { manifestsFolder } from '@hadal/platform/names'
import { secretsOf } from '@hadal/platform/secret-table'
import type { RenderedObject } from '../rendered-object.ts'
import type { Subject } from './subject.ts'

/** What the rules look at, of an environment and what was rendered of it. */
export const subjectOf = (environment: Environment, objects: readonly RenderedObject[]): Subject => ({
  namespace: environment.namespace,
  argocdNamespace: environment.cluster.argocdNamespace,
  manifests: manifestsFolder(environment.name),
  objects,
  givenSecrets: givenSecrets(environment),
})

/** With `secrets: pulumi` the whole table is made before anything is synced; else each Secret's maker is a rendered object. */
function givenSecrets(environment: Environment): ReadonlyMap<string, ReadonlySet<string>> {
  const given = new Map<string, Set<string>>()
  if (environment.secrets.kind !== 'pulumi') return given
  for (const { secret, key, maker } of secretsOf(environment)) {
    if (maker === 'secrets') given.set(secret, (given.get(secret) ?? new Set()).add(key))
  }
  return given
}

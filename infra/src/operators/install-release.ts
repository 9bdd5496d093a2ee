import * as pulumi from '@pulumi/pulumi'
import type { KubernetesObject } from './release-objects.ts'

/**
 * Registers the objects of a release: its kinds and namespaces first, then the rest. Kinds outlive the stack: with a
 * CustomResourceDefinition goes every object of its kind, and with a database's its data.
 *
 * @param opts with a parent and a provider
 * @returns what must be there before an object of the release's kinds can be made
 */
export function installRelease(
  name: string,
  objects: readonly KubernetesObject[],
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const first = objects.filter(isFoundation).map((object) => register(name, object, opts))
  const rest = objects
    .filter((object) => !isFoundation(object))
    .map((object) => register(name, object, pulumi.mergeOptions(opts, { dependsOn: first })))
  return [...first, ...rest]
}

const isFoundation = ({ kind }: KubernetesObject): boolean =>
  kind === 'CustomResourceDefinition' || kind === 'Namespace'

/** An object of any kind: a release's kinds are known when it is read, and the SDK has a class for each kind of its own only. */
class ReleaseObject extends pulumi.CustomResource {}

/** Typed as the provider types it: `kubernetes:apps/v1:Deployment`, and `kubernetes:core/v1:Service` where the group has no name. */
function register(name: string, object: KubernetesObject, opts: pulumi.CustomResourceOptions): ReleaseObject {
  const { apiVersion, kind, metadata } = object
  const type = `kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`
  const place = metadata.namespace === undefined ? '' : `${metadata.namespace}/`
  const kept = kind === 'CustomResourceDefinition' ? { retainOnDelete: true } : {}
  return new ReleaseObject(type, `${name}:${place}${metadata.name}`, { ...object }, { ...opts, ...kept })
}

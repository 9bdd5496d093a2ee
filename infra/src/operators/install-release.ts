import * as pulumi from '@pulumi/pulumi'
import { versionAliases } from '../version-aliases.ts'
import type { KubernetesObject } from './release-objects.ts'

/**
 * Registers the objects of a release: its CustomResourceDefinitions and namespaces first, then the rest. CustomResourceDefinitions outlive the
 * stack, because deleting one deletes every object of its kind, such as a database with its data.
 *
 * @param opts options with a parent and a provider
 * @returns the resources that must exist before an object of the release's kinds can be created
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

/** Resource for an object of any kind. The SDK has classes only for Kubernetes' own kinds. */
class ReleaseObject extends pulumi.CustomResource {}

/**
 * Registers one object. Its type is in the provider's notation: `kubernetes:apps/v1:Deployment`, or `kubernetes:core/v1:Service` for the core
 * group.
 */
function register(name: string, object: KubernetesObject, opts: pulumi.CustomResourceOptions): ReleaseObject {
  const { apiVersion, kind, metadata } = object
  const type = `kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`
  const place = metadata.namespace === undefined ? '' : `${metadata.namespace}/`
  const kept = kind === 'CustomResourceDefinition' ? { retainOnDelete: true } : {}
  const aliases = versionAliases(apiVersion, kind)
  return new ReleaseObject(type, `${name}:${place}${metadata.name}`, { ...object }, { ...opts, ...kept, aliases })
}

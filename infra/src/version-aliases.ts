import type * as pulumi from '@pulumi/pulumi'

/** API versions that a custom kind commonly goes through. */
const versions = ['v1alpha1', 'v1alpha2', 'v1beta1', 'v1beta2', 'v1beta3', 'v1', 'v2beta1', 'v2beta2', 'v2']

/**
 * Aliases of an object for the other API versions of its kind. Pulumi's type of an object contains the API version, but the object in the cluster
 * is the same in every version: without the aliases, a move from `v1beta1` to `v1` would create the object, which exists, and then delete it.
 * Pulumi's classes for Kubernetes' own kinds have such aliases; a CustomResource has none.
 */
export function versionAliases(apiVersion: string, kind: string): pulumi.Alias[] {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion]
  return versions
    .filter((other) => other !== version)
    .map((other) => ({ type: `kubernetes:${group}/${other}:${kind}` }))
}

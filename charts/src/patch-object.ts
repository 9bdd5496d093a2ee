import { type ApiObject, JsonPatch } from 'cdk8s'

/**
 * Patches the JSON of an object, for a field that the types of `cdk8s-plus-28` lack. Use this instead of `addJsonPatch`: cdk8s applies those
 * patches before the serializer of a core kind, which drops every field that Kubernetes 1.28 does not have.
 */
export function patchObject(object: ApiObject, ...patches: readonly JsonPatch[]): void {
  const toJson = object.toJson.bind(object)
  object.toJson = () => JsonPatch.apply(toJson(), ...patches)
}

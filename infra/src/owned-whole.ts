/**
 * An object that is this program's in every field that it sets: where somebody changed one by hand, `up` sets it back. Without the annotation
 * `up` would stop with a conflict, since server-side apply remembers the other hand. Installed releases go without: there it is a person's
 * to decide whose the field is.
 */
export const ownedWhole = <T extends { readonly metadata: object }>(object: T) => ({
  ...object,
  metadata: { ...object.metadata, annotations: { 'pulumi.com/patchForce': 'true' } },
})

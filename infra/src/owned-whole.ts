/**
 * Adds the annotation with which `pulumi up` overwrites manual changes to the fields that the program sets. Without it, `up` stops with a
 * conflict of server-side apply. Installed releases don't get it: there a person decides about a conflict.
 */
export const ownedWhole = <T extends { readonly metadata: object }>(object: T) => ({
  ...object,
  metadata: { ...object.metadata, annotations: { 'pulumi.com/patchForce': 'true' } },
})

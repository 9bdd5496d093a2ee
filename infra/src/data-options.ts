import type { Environment } from '@hadal/platform/environment'

/**
 * Pulumi options of resources that hold data. In a protected environment Pulumi never replaces or deletes them; a resource that is removed from
 * the program leaves the state and is not deleted. In other environments `pulumi destroy` deletes them.
 */
export const dataOptions = ({ protected: isProtected }: Pick<Environment, 'protected'>) =>
  isProtected ? { protect: true, retainOnDelete: true } : {}

import type { Environment } from '@hadal/platform/environment'

/**
 * Options of what holds data. Where mistakes hurt people, Pulumi neither replaces nor deletes it, and what leaves the program is forgotten,
 * not deleted. Elsewhere `pulumi destroy` is meant.
 */
export const dataOptions = ({ protected: isProtected }: Pick<Environment, 'protected'>) =>
  isProtected ? { protect: true, retainOnDelete: true } : {}

import { field, text } from './unknown-value.ts'

/** Returns the tenant of a run from its `configurable.tenant`, which the server sets. Default: `default`. */
export const tenantOf = (configurable: unknown): string => text(field(configurable, 'tenant')) ?? 'default'

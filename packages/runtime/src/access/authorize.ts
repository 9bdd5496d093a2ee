import type { MetadataFilter } from '../store/metadata-filter.ts'

/** Authorization events, by their names in LangGraph's `Auth`. */
export const authEvents = [
  'threads:create',
  'threads:read',
  'threads:update',
  'threads:delete',
  'threads:search',
  'threads:create_run',
  'assistants:create',
  'assistants:read',
  'assistants:update',
  'assistants:delete',
  'assistants:search',
  'store:put',
  'store:get',
  'store:search',
  'store:list_namespaces',
  'store:delete',
] as const
export type AuthEvent = (typeof authEvents)[number]

/**
 * Calls the author's handler for an event, which decides whether a caller may do it.
 *
 * @param value what the caller sent; the handler may change it
 * @returns the filter of the objects that the caller may use; undefined for all of the caller's tenant
 * @throws {HTTPException} 403 if the handler refuses; the exception that the handler throws; 503 if the handler fails
 */
export type Authorize = (event: AuthEvent, value: Record<string, unknown>) => Promise<MetadataFilter | undefined>

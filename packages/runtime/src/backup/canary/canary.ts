import { canaryTenant } from '../../store/canary-tenant.ts'

/**
 * The canary: one thread with one run that waits in the middle of its graph, in a tenant of its own. A backup writes it before its snapshot, no server
 * executes it, and a restore drill ends the run on a restored database.
 */
export const canary = {
  tenant: canaryTenant,
  graphId: 'hadal:canary',
  /** Id of the thread, the same in every database: a drill of an older backup must find the thread, so no backup deletes it. */
  threadId: '0c0a1e5c-a9a2-4d6b-8f5e-5d5f1d5b9c3e',
  /** Id of the assistant that the run names. There is no such assistant. */
  assistantId: '6a1f0d0e-0f6e-4b0e-9a55-6f6f0c1c7e51',
} as const

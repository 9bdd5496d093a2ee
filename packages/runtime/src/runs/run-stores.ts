import type { Access } from '@hadal/platform/access'
import type { BaseStore } from '@langchain/langgraph-checkpoint'
import type { PlatformMemories } from '../agents/agent-platform.ts'
import type { ListedAgents } from '../agents/loaded-agent.ts'
import { sharedMemoryProblem } from '../agents/shared-memories.ts'
import { defaultTenant, ownScope, type Scope, wholeTenant } from '../store/scope.ts'
import type { TenantItems } from '../store/tenant-items.ts'
import { TenantStore } from '../store/tenant-store.ts'
import type { RunActor } from './run-actor.ts'

/** Stores for the code of runs. */
export interface RunStores {
  /** Store of the run whose code calls it; outside of a run that of the default tenant. */
  readonly current: BaseStore
  readonly memories: PlatformMemories
  /** Returns the store of one run. */
  of(actor: RunActor | undefined): BaseStore
}

const outsideOfRuns = { tenant: defaultTenant, owner: null }

/**
 * Creates the stores for the code of runs. A graph is shared by all runs, so the stores find the run by the async context of each call.
 *
 * @param itemsOf returns the items of a scope
 * @param actorNow returns the actor of the run whose code calls; undefined outside of a run
 * @param agents returns the agents of the server, which say what memories users share
 */
export function runStores(
  itemsOf: (scope: Scope) => TenantItems,
  access: Access,
  actorNow: () => RunActor | undefined,
  agents: () => ListedAgents,
): RunStores {
  // The handlers of a sign-in "custom" decide about items over HTTP, by their namespaces in the tenant.
  const isShared = access.kind === 'custom' || (access.kind !== 'open' && access.share === 'tenant')
  /** Items of a run's store: as its user sees them over HTTP. */
  const visible = (actor: RunActor | undefined): Scope => {
    const own = ownScope(actor ?? outsideOfRuns)
    return isShared ? { ...own, sees: 'all' } : own
  }
  const administers = (actor: RunActor | undefined): boolean => actor?.administers ?? true
  const wholeTenantOf = (actor: RunActor | undefined): Scope => wholeTenant(actor?.tenant ?? defaultTenant)
  const storeOf = (actorOf: typeof actorNow, scopeOf: typeof visible): BaseStore =>
    new TenantStore(
      () => itemsOf(scopeOf(actorOf())),
      (namespace) => sharedMemoryProblem(agents(), scopeOf(actorOf()), administers(actorOf()), namespace),
    )
  return {
    current: storeOf(actorNow, visible),
    memories: {
      ofUser: storeOf(actorNow, (actor) => ownScope(actor ?? outsideOfRuns)),
      shared: storeOf(actorNow, wholeTenantOf),
      mayChangeShared: () => administers(actorNow()),
    },
    of: (actor) => storeOf(() => actor, visible),
  }
}

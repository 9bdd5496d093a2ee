import { type MetadataFilter, metadataCondition } from './metadata-filter.ts'

/**
 * The part of the data that a caller may see: one tenant, and in it the objects of one user or of all. Every query on objects that belong to someone
 * takes a scope.
 */
export interface Scope {
  readonly tenant: string
  /**
   * Id of the user who becomes the owner of each object that is created in this scope: a thread, run, assistant or item. Null for the server's own
   * work in a tenant, and on a server without sign-in: these objects belong to no user.
   */
  readonly owner: string | null
  /** Visible objects of the tenant. `own`: those of `owner`; `waiting`: also the threads that wait for an answer; `all`: those of every user. */
  readonly sees: 'own' | 'waiting' | 'all'
  /** Filter of the author's own sign-in on the metadata of threads, which narrows what is visible. */
  readonly threads?: MetadataFilter
  /** Filter of the author's own sign-in on the metadata of assistants that clients made. */
  readonly assistants?: MetadataFilter
  /** Filter of the author's own sign-in on the items of the store. */
  readonly items?: MetadataFilter
}

/** Returns the part of a scope whose objects its caller may change: an approver sees threads that wait for an answer, and changes only its own. */
export const changeable = (scope: Scope): Scope => (scope.sees === 'waiting' ? { ...scope, sees: 'own' } : scope)

/**
 * SQL condition of a thread that waits for an answer: it shows an interrupt until the end of the run that has the answer. The status is compared too,
 * because PostgreSQL has statistics of it, which say that few threads wait. Without it, a search would read the threads of all users.
 */
const waits = (thread: string): string => `${thread}.status <> 'idle' AND ${thread}.interrupts::text <> '{}'`

/**
 * Returns the SQL condition of the threads that a scope sees. Its text depends on the kind of the scope, so that PostgreSQL can use the index of an
 * owner's threads.
 *
 * @param values parameters of the statement; those of the condition are appended
 * @param alias alias of the table `hadal.thread` in the statement
 */
export function visible(scope: Scope, values: unknown[], alias = 'thread'): string {
  const tenant = `${alias}.tenant = $${values.push(scope.tenant)}`
  const filter = scope.threads && metadataCondition(scope.threads, `${alias}.metadata`, values)
  const ofTenant = filter ? `${tenant} AND ${filter}` : tenant
  if (scope.sees === 'all') return ofTenant
  const isOwn = `${alias}.owner = $${values.push(scope.owner)}`
  return scope.sees === 'own' ? `${ofTenant} AND ${isOwn}` : `${ofTenant} AND (${isOwn} OR (${waits(alias)}))`
}

/**
 * Returns the SQL condition of the runs that a scope sees: those of visible threads.
 *
 * @param values parameters of the statement; those of the condition are appended
 */
export function visibleRuns(scope: Scope, values: unknown[]): string {
  const ofTenant = `run.tenant = $${values.push(scope.tenant)}`
  if (scope.sees === 'all' && !scope.threads) return ofTenant
  return `${ofTenant} AND EXISTS (SELECT FROM hadal.thread AS of_run WHERE of_run.thread_id = run.thread_id
    AND ${visible(scope, values, 'of_run')})`
}

/**
 * Returns the SQL condition of the assistants that a scope sees: those of the graphs, which have no owner, and its own.
 *
 * @param values parameters of the statement; those of the condition are appended
 */
export function visibleAssistants(scope: Scope, values: unknown[]): string {
  const tenant = `assistant.tenant = $${values.push(scope.tenant)}`
  const filter = scope.assistants && metadataCondition(scope.assistants, 'made.metadata', values)
  const ofTenant = filter
    ? `${tenant} AND (assistant.system OR EXISTS (SELECT FROM hadal.assistant_version AS made
        WHERE made.tenant = assistant.tenant AND made.assistant_id = assistant.assistant_id AND made.version = assistant.version AND ${filter}))`
    : tenant
  if (scope.sees === 'all') return ofTenant
  return `${ofTenant} AND (assistant.system OR assistant.owner = $${values.push(scope.owner)})`
}

/** Returns the scope of the server's own work in a tenant, and of callers on a server without sign-in. */
export const wholeTenant = (tenant: string): Scope => ({ tenant, owner: null, sees: 'all' })

/** Returns the scope of the objects of one owner; of the whole tenant without sign-in. */
export const ownScope = ({ tenant, owner }: Pick<Scope, 'tenant' | 'owner'>): Scope => ({
  tenant,
  owner,
  sees: owner === null ? 'all' : 'own',
})

/** Tenant of all objects on a server without sign-in, and of the objects that were created before sign-in was configured. */
export const defaultTenant = 'default'

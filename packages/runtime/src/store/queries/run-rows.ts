import { type Scope, visibleRuns } from '../scope.ts'
import { places } from '../sealing/places.ts'
import { openedOnUse } from '../sealing/sealed-json.ts'
import { sealsOf } from '../sealing/seals.ts'
import type { Queryable } from '../transaction.ts'
import type { OfThread } from './held-runs.ts'

export type RunStatus = 'pending' | 'running' | 'success' | 'error' | 'timeout' | 'interrupted'
export const runStatuses: readonly RunStatus[] = ['pending', 'running', 'success', 'error', 'timeout', 'interrupted']
export type MultitaskStrategy = 'reject' | 'enqueue' | 'interrupt' | 'rollback'
/** Form of a run's event log: see migration 0011. */
export type LogForm = 'rows' | 'batches'
export type CancelAction = 'interrupt' | 'rollback'

export interface RunRow {
  readonly run_id: string
  readonly tenant: string
  /** User as whom the run acts: the one who started it, or whose question it answers. Null without sign-in. */
  readonly owner: string | null
  readonly thread_id: string
  readonly graph_id: string
  readonly assistant_id: string
  readonly status: RunStatus
  readonly multitask_strategy: MultitaskStrategy
  readonly metadata: Record<string, unknown>
  readonly request: unknown
  /** Whether the run has credentials in `hadal.run_credentials`. */
  readonly has_credentials: boolean
  readonly log_form: LogForm
  readonly attempt: number | null
  /** Earliest time of the next try of a suspect run (one that may have killed its processes); null for any other run. */
  readonly suspect_until: Date | null
  /** Number of times that a suspect run has waited so far. */
  readonly suspect_waits: number
  readonly cancel: CancelAction | null
  /** Reason that a client gave when it cancelled the run. */
  readonly cancel_reason: string | null
  /** Whether the thread began to show a question after it had accepted the run: see migration 0017. */
  readonly held: boolean
  readonly error: unknown
  readonly created_at: Date
  readonly updated_at: Date
  readonly started_at: Date | null
  readonly ended_at: Date | null
}

const columns = {
  run_id: true,
  tenant: true,
  owner: true,
  thread_id: true,
  graph_id: true,
  assistant_id: true,
  status: true,
  multitask_strategy: true,
  metadata: true,
  request: true,
  has_credentials: true,
  log_form: true,
  attempt: true,
  suspect_until: true,
  suspect_waits: true,
  cancel: true,
  cancel_reason: true,
  held: true,
  error: true,
  created_at: true,
  updated_at: true,
  started_at: true,
  ended_at: true,
} satisfies Record<keyof RunRow, true>

export const runColumnNames: readonly string[] = Object.keys(columns)

/**
 * The columns of a {@link RunRow}, for SQL. With `*` instead, a migration that adds a column would change the result of prepared statements, which
 * PostgreSQL then rejects.
 */
export const runColumns = runColumnNames.join(', ')

/** Replaces the encrypted columns of a run's row by getters that decrypt them: see {@link openedOnUse}. */
export const openedRun = <Row extends Pick<RunRow, 'run_id' | 'tenant'> & Partial<Pick<RunRow, 'request' | 'error'>>>(
  database: Queryable,
  row: Row,
): Row =>
  openedOnUse(sealsOf(database), row, {
    request: places.runRequest(row.tenant, row.run_id),
    error: places.runError(row.tenant, row.run_id),
  })

export const isOver = (status: RunStatus): boolean => status !== 'pending' && status !== 'running'

export async function findRun(database: Queryable, scope: Scope, runId: string): Promise<RunRow | undefined> {
  const values: unknown[] = [runId]
  const { rows } = await database.query<RunRow>(
    `SELECT ${runColumns} FROM hadal.run WHERE run_id = $1 AND ${visibleRuns(scope, values)}`,
    values,
  )
  return rows[0] && openedRun(database, rows[0])
}

const listedColumns = [
  'run_id',
  'tenant',
  'thread_id',
  'graph_id',
  'assistant_id',
  'status',
  'metadata',
  'multitask_strategy',
  'cancel',
  'cancel_reason',
  'created_at',
  'updated_at',
] as const satisfies (keyof RunRow)[]

/** A run in a list of runs. Its request, which may be large, is only read if the client wants it. */
export type ListedRun = Pick<RunRow, (typeof listedColumns)[number]> & Partial<Pick<RunRow, 'request'>>

export async function listRuns(
  database: Queryable,
  { tenant, threadId }: OfThread,
  page: { limit: number; offset: number; status?: RunStatus; withRequest?: boolean },
): Promise<ListedRun[]> {
  const columns = [...listedColumns, ...(page.withRequest ? ['request'] : [])]
  const { rows } = await database.query<ListedRun>(
    `SELECT ${columns.join(', ')} FROM hadal.run
     WHERE thread_id = $1 AND tenant = $2 AND ($3::text IS NULL OR status = $3)
     ORDER BY created_at DESC, run_id LIMIT $4 OFFSET $5`,
    [threadId, tenant, page.status ?? null, page.limit, page.offset],
  )
  return rows.map((row) => openedRun(database, row))
}

/** Returns the newest run of a thread that is not pending, which left the thread's state; if all such runs were deleted, the newest pending one. */
export async function newestStartedRun(
  database: Queryable,
  { tenant, threadId }: OfThread,
): Promise<RunRow | undefined> {
  for (const isPending of [false, true]) {
    const { rows } = await database.query<RunRow>(
      `SELECT ${runColumns} FROM hadal.run WHERE thread_id = $1 AND tenant = $2 AND (status = 'pending') = $3
       ORDER BY created_at DESC, run_id LIMIT 1`,
      [threadId, tenant, isPending],
    )
    if (rows[0]) return openedRun(database, rows[0])
  }
  return undefined
}

/** Lists the pending and running runs of a thread, oldest first. */
export async function activeRuns(database: Queryable, { tenant, threadId }: OfThread): Promise<RunRow[]> {
  const { rows } = await database.query<RunRow>(
    `SELECT ${runColumns} FROM hadal.run
     WHERE thread_id = $1 AND tenant = $2 AND status IN ('pending', 'running') ORDER BY created_at, run_id`,
    [threadId, tenant],
  )
  return rows.map((row) => openedRun(database, row))
}

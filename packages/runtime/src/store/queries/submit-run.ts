import type { Queryable } from '../transaction.ts'
import type { MultitaskStrategy, RunRow } from './run-rows.ts'
import { runColumnNames } from './run-rows.ts'

/** A run that is accepted in one statement. */
export interface SubmittedRun {
  readonly tenant: string
  readonly threadId: string
  /** Whether the thread must exist, is created if it does not exist (`any`), or is created. */
  readonly thread: 'existing' | 'any' | 'new'
  /** Whether a created thread is deleted some time after the run's end. */
  readonly temporary: boolean
  readonly runId: string
  readonly graphId: string
  readonly assistantId: string
  readonly multitaskStrategy: Extract<MultitaskStrategy, 'reject' | 'enqueue'>
  /** Metadata of the run, and of a created thread, as JSON text. */
  readonly metadata: string
  readonly request: string
  readonly afterSeconds: number | undefined
  /** Instance id of this process if its worker has a place for the run. */
  readonly idleInstance: string | undefined
}

/**
 * Result of a submission: accepted (waits in the queue), started (by `idleInstance`), or the reason for which nothing was written. `question`: the thread
 * shows a question about a tool call, which the caller withdraws first.
 */
export type Submission =
  | { readonly kind: 'accepted' | 'started'; readonly run: RunRow }
  | { readonly kind: 'unknown_thread' }
  | { readonly kind: 'question' }
  | { readonly kind: 'busy'; readonly runId: string }

type SubmissionRow = RunRow & {
  readonly verdict: Submission['kind']
  readonly busy_with: string
}

const acceptedColumns = runColumnNames.map((name) => `(accepted).${name}`).join(', ')

/** Accepts a run without resume and checkpoint: writes the run, its job and the busy thread in one round trip. */
export async function insertSubmittedRun(database: Queryable, run: SubmittedRun): Promise<Submission> {
  const { rows } = await database.query<SubmissionRow>(
    `SELECT verdict, busy_with, ${acceptedColumns} FROM hadal.submit_run_v2($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      run.tenant,
      run.threadId,
      run.thread,
      run.temporary,
      run.runId,
      run.graphId,
      run.assistantId,
      run.multitaskStrategy,
      run.metadata,
      run.request,
      run.afterSeconds ?? null,
      run.idleInstance ?? null,
    ],
  )
  const [row] = rows
  if (!row) throw new Error(`The submission of run ${run.runId} returned no row. This is a bug in Hadal.`)
  const { verdict, busy_with, ...accepted } = row
  if (verdict === 'busy') return { kind: verdict, runId: busy_with }
  if (verdict === 'unknown_thread' || verdict === 'question') return { kind: verdict }
  return { kind: verdict, run: accepted }
}

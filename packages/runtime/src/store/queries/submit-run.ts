import type { Scope } from '../scope.ts'
import { places } from '../sealing/places.ts'
import { sealedJson } from '../sealing/sealed-json.ts'
import { sealsOf } from '../sealing/seals.ts'
import { settingTenant } from '../setting-tenant.ts'
import type { Queryable } from '../transaction.ts'
import { type RunCounts, unlimited } from './run-counts.ts'
import type { MultitaskStrategy, RunRow } from './run-rows.ts'
import { openedRun, runColumnNames } from './run-rows.ts'

/** A run that is accepted in one statement. */
export interface SubmittedRun {
  /** The user who submits the run, and the threads that the user sees. */
  readonly scope: Scope
  readonly threadId: string
  /** Whether the thread must exist, is created if it does not exist (`any`), or is created. */
  readonly thread: 'existing' | 'any' | 'new'
  /** Whether a created thread is deleted some time after the run's end. */
  readonly temporary: boolean
  readonly runId: string
  readonly graphId: string
  readonly assistantId: string
  /** Whether a client made the assistant, so that it may be deleted. Default: false. */
  readonly isMade?: boolean
  readonly multitaskStrategy: Extract<MultitaskStrategy, 'reject' | 'enqueue'>
  /** Metadata of the run, and of a created thread, as JSON text. */
  readonly metadata: string
  readonly request: string
  readonly afterSeconds: number | undefined
  /** Instance id of this process if its worker has a place for the run. */
  readonly idleInstance: string | undefined
  /** Limits of the tenant's and the user's runs. Default: none. */
  readonly limits?: { readonly running: RunCounts; readonly waiting: RunCounts }
}

/**
 * Result of a submission: accepted (waits in the queue), started (by `idleInstance`), or the reason for which nothing was written. `question`: the thread
 * shows a question about a tool call, which the caller withdraws first. `full_tenant`, `full_user`: the tenant or the user has the maximum number of
 * waiting runs.
 */
export type Submission =
  | { readonly kind: 'accepted' | 'started'; readonly run: RunRow }
  | { readonly kind: 'unknown_thread' }
  | { readonly kind: 'question' }
  | { readonly kind: 'full_tenant' }
  | { readonly kind: 'full_user' }
  | { readonly kind: 'unknown_assistant' }
  | { readonly kind: 'busy'; readonly runId: string }

type SubmissionRow = RunRow & {
  readonly verdict: Submission['kind']
  readonly busy_with: string
}

const acceptedColumns = runColumnNames.map((name) => `(accepted).${name}`).join(', ')

const submission = (tenant: string): string =>
  `SELECT verdict, busy_with, ${acceptedColumns} FROM hadal.submit_run_v3(${tenant}, $13, $14, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $15, $16, $17, $18)`
const ofGraph = settingTenant(submission('$1'))
/**
 * Prevents the deletion of the assistant until the run is accepted. Without a row of the assistant, nothing is called. The function takes the tenant
 * from that row, so that PostgreSQL can't call it first.
 */
const ofMadeAssistant = `WITH held AS MATERIALIZED (
  SELECT tenant FROM hadal.assistant WHERE tenant = $1 AND assistant_id = $7 AND deleting_since IS NULL FOR KEY SHARE)
  ${submission('held.tenant').replace(' FROM ', ' FROM held CROSS JOIN LATERAL ')}`

/** Accepts a run without resume and checkpoint: writes the run, its job and the busy thread in one round trip. */
export async function insertSubmittedRun(database: Queryable, run: SubmittedRun): Promise<Submission> {
  const { running, waiting } = run.limits ?? { running: unlimited, waiting: unlimited }
  const { rows } = await database.query<SubmissionRow>(run.isMade ? ofMadeAssistant : ofGraph, [
    run.scope.tenant,
    run.threadId,
    run.thread,
    run.temporary,
    run.runId,
    run.graphId,
    run.assistantId,
    run.multitaskStrategy,
    run.metadata,
    sealedJson(sealsOf(database), run.request, [places.runRequest(run.scope.tenant, run.runId)]),
    run.afterSeconds ?? null,
    run.idleInstance ?? null,
    run.scope.owner,
    run.scope.sees,
    running.perTenant,
    running.perUser,
    waiting.perTenant,
    waiting.perUser,
  ])
  const [row] = rows
  if (!row && run.isMade) return { kind: 'unknown_assistant' }
  if (!row) throw new Error(`The submission of run ${run.runId} returned no row. This is a bug in Hadal.`)
  const { verdict, busy_with, ...accepted } = row
  if (verdict === 'busy') return { kind: verdict, runId: busy_with }
  if (verdict === 'accepted' || verdict === 'started') return { kind: verdict, run: openedRun(database, accepted) }
  return { kind: verdict }
}

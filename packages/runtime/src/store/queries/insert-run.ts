import { places } from '../sealing/places.ts'
import { sealedJson } from '../sealing/sealed-json.ts'
import { sealsOf } from '../sealing/seals.ts'
import type { Queryable } from '../transaction.ts'
import { type MultitaskStrategy, openedRun, type RunRow, runColumns } from './run-rows.ts'

export interface InsertedRun {
  readonly tenant: string
  /** User as whom the run acts; null without sign-in. */
  readonly owner: string | null
  readonly runId: string
  readonly threadId: string
  readonly graphId: string
  readonly assistantId: string
  readonly multitaskStrategy: MultitaskStrategy
  /** Metadata of the run as JSON text. */
  readonly metadata: string
  readonly request: string
  /** Whether credentials of the run are stored too. Default: false. */
  readonly hasCredentials?: boolean
}

/** Inserts a pending run, sets its thread to busy, and stores the run's graph in the thread's metadata. */
export async function insertRun(database: Queryable, run: InsertedRun): Promise<RunRow> {
  const request = sealedJson(sealsOf(database), run.request, [places.runRequest(run.tenant, run.runId)])
  const { rows } = await database.query<RunRow>(
    `INSERT INTO hadal.run (tenant, owner, run_id, thread_id, graph_id, assistant_id, multitask_strategy, metadata, request, has_credentials, log_form, created_at)
     -- now() is the start of the transaction, before it got the thread's lock, so it would not order the runs of a thread.
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'batches', clock_timestamp()) RETURNING ${runColumns}`,
    [
      run.tenant,
      run.owner,
      run.runId,
      run.threadId,
      run.graphId,
      run.assistantId,
      run.multitaskStrategy,
      run.metadata,
      request,
      run.hasCredentials ?? false,
    ],
  )
  await database.query(
    `UPDATE hadal.thread SET status = 'busy', updated_at = now(),
       metadata = metadata || jsonb_build_object('graph_id', $2::text, 'assistant_id', $3::text)
     WHERE thread_id = $1 AND tenant = $4`,
    [run.threadId, run.graphId, run.assistantId, run.tenant],
  )
  const [inserted] = rows
  if (!inserted) throw new Error(`The insert of run ${run.runId} returned no row. This is a bug in Hadal.`)
  return openedRun(database, inserted)
}

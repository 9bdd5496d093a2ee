/**
 * What a backup does with a table. `kept`: its rows are in the backup. `derived`: a restore creates its rows again. `left out`: its rows are about
 * running processes or requests and mean nothing after a restore.
 */
export type TableClass = KeptTable | { readonly class: 'derived' | 'left out'; readonly why: string }

/** A table whose rows are in the backup. */
export interface KeptTable {
  readonly class: 'kept'
  /**
   * SQL for the id of the thread of a row, as uuid, on the table with the alias `row` and the joins of {@link KeptTable.join}. Rows are written in
   * the order of this id, so that one thread is read without the others. Undefined for a table whose rows belong to no thread.
   */
  readonly thread?: string
  /** SQL of a join that {@link KeptTable.thread} needs. */
  readonly join?: string
  /** Whether the table may be missing, because it depends on an extension or on a setting. */
  readonly optional?: boolean
}

const kept: KeptTable = { class: 'kept' }
const ofThread: KeptTable = { class: 'kept', thread: 'row.thread_id' }
/** Rows of the saver, whose ids of threads are texts. */
const ofSaver: KeptTable = { class: 'kept', thread: 'row.thread_id::uuid' }
const ofRun: KeptTable = {
  class: 'kept',
  thread: 'of_run.thread_id',
  join: 'JOIN hadal.run AS of_run ON of_run.run_id = row.run_id',
}
const derived = (why: string): TableClass => ({ class: 'derived', why })
const leftOut = (why: string): TableClass => ({ class: 'left out', why })

/** Every table of the schemas `hadal`, `public` and `pgboss` with its class. The order of the kept tables is that of a restore: referenced tables first. */
export const tableClasses: Readonly<Record<string, TableClass>> = {
  'hadal.thread': ofThread,
  'hadal.run': ofThread,
  'hadal.run_event': ofRun,
  'hadal.run_attempt': ofRun,
  'hadal.tool_call': ofThread,
  'hadal.approval_event': ofThread,
  'hadal.thread_spending': ofThread,
  'hadal.run_spending': ofRun,
  'public.checkpoints': ofSaver,
  'public.checkpoint_blobs': ofSaver,
  'public.checkpoint_writes': ofSaver,
  'hadal.store_item': kept,
  'hadal.store_vector': { class: 'kept', optional: true },
  'hadal.assistant': kept,
  'hadal.assistant_version': kept,
  'hadal.idempotency_key': kept,
  'hadal.tenant_spending': kept,
  'hadal.user_spending': kept,
  'hadal.api_key': kept,
  'hadal.sealing_key': kept,
  'hadal.run_review': ofThread,
  'hadal.restore': kept,
  'hadal.pseudonym': kept,
  'hadal.deletion': kept,
  'hadal.audit': kept,
  'hadal.recovery_result': kept,
  'hadal.migration': derived('the migrations of the restoring program'),
  'hadal.ready_run': derived('triggers on the queue'),
  'pgboss.job': derived('the runs: each one that had not ended gets a job again'),
  'public.checkpoint_migrations': derived("the saver's migrations"),
  'hadal.run_credentials': leftOut('credentials of requests are in no backup'),
  'hadal.instance': leftOut('processes that are gone'),
  'hadal.reservation': leftOut('budgets of calls under way'),
}

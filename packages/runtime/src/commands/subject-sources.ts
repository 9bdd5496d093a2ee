/** Rows of a table that an export of a data subject has. */
export interface SubjectSource {
  /** Name of the table with schema. */
  readonly table: string
  /** SQL condition of the rows, on the table with the alias `row`. */
  readonly where: string
  /** SQL of the order of the rows. */
  readonly order: string
  /** Columns that are left out: copies and hashes of other values. */
  readonly without?: readonly string[]
}

/** The rows of threads. `$1` is an array of their ids. */
export const ofThreads: readonly SubjectSource[] = [
  source('hadal.thread', 'row.thread_id = ANY ($1::uuid[])', 'row.thread_id', ['searched_values']),
  source('hadal.run', 'row.thread_id = ANY ($1::uuid[])', 'row.thread_id, row.created_at, row.run_id'),
  ...ofRuns('row.run_id IN (SELECT run_id FROM hadal.run WHERE thread_id = ANY ($1::uuid[]))'),
  source('hadal.thread_spending', 'row.thread_id = ANY ($1::uuid[])', 'row.thread_id'),
  source('hadal.approval_event', 'row.thread_id = ANY ($1::uuid[])', 'row.sequence'),
  ...['checkpoints', 'checkpoint_blobs', 'checkpoint_writes'].map((table) =>
    source(`public.${table}`, 'row.thread_id = ANY ($1::uuid[]::text[])', 'row.thread_id'),
  ),
  source('hadal.audit', 'row.object = ANY ($1::uuid[]::text[])', 'row.at'),
]

/** The rows of a user besides those of the user's threads. `$1` is the tenant, `$2` the user. */
export const ofUser: readonly SubjectSource[] = [
  source('hadal.run', `${own()} AND NOT ${onOwnThread('row')}`, 'row.created_at, row.run_id'),
  ...ofRuns(
    `row.run_id IN (SELECT run.run_id FROM hadal.run AS run WHERE run.tenant = $1 AND run.owner = $2 AND NOT ${onOwnThread('run')})`,
  ),
  source(
    'hadal.approval_event',
    `row.tenant = $1 AND (row.owner = $2 OR row.actor IN ($2, 'user:' || $2)) AND NOT ${onOwnThread('row')}`,
    'row.sequence',
  ),
  source(
    'hadal.store_item',
    `row.tenant = $1 AND (row.owner = $2 OR row.namespace[1:2] = ARRAY['hadal:user', $2])`,
    'row.namespace, row.key',
  ),
  source('hadal.assistant', own(), 'row.created_at'),
  source('hadal.assistant_version', own(), 'row.created_at'),
  source('hadal.api_key', own(), 'row.created_at', ['hash']),
  source('hadal.idempotency_key', own(), 'row.key', ['request_hash']),
  source('hadal.user_spending', own(), 'row.day'),
  source('hadal.pseudonym', own(), 'row.created_at'),
  source(
    'hadal.audit',
    `row.tenant = $1 AND (SELECT pseudonym FROM hadal.pseudonym WHERE tenant = $1 AND owner = $2)::text IN (row.owner::text, row.actor)`,
    'row.at',
  ),
]

/** Tables with rows that a backup keeps and no export has, with the reason. */
export const inNoExport: Readonly<Record<string, string>> = {
  'hadal.store_vector': 'computed from items',
  'hadal.tenant_spending': 'amounts of a whole tenant',
  'hadal.sealing_key': 'ids of keys of the server',
  'hadal.restore': 'restores of the operator',
  'hadal.deletion': 'pseudonyms of deleted threads and users',
  'hadal.recovery_result': 'results of backups',
}

function source(table: string, where: string, order: string, without: readonly string[] = []): SubjectSource {
  return { table, where, order, without }
}

/** Sources of the rows of runs. The events of a run come in their order. */
function ofRuns(where: string): SubjectSource[] {
  return [
    source('hadal.run_event', where, 'row.run_id, row.sequence'),
    source('hadal.run_attempt', where, 'row.run_id, row.attempt'),
    source('hadal.run_spending', where, 'row.run_id'),
    source('hadal.run_review', where, 'row.run_id'),
    source('hadal.tool_call', where, 'row.begun_at'),
  ]
}

function own(): string {
  return 'row.tenant = $1 AND row.owner = $2'
}

function onOwnThread(row: string): string {
  return `EXISTS (SELECT FROM hadal.thread AS thread WHERE thread.thread_id = ${row}.thread_id AND thread.tenant = $1 AND thread.owner = $2)`
}

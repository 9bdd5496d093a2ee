import type { Queryable } from '../transaction.ts'

/** Where the log of a server ends, and which log it is: a failover begins a new timeline of the same system. */
interface LogPosition {
  readonly position: bigint
  /** Identifier of the database system and of the timeline. Positions of two different logs can't be compared. */
  readonly log: string
}

export interface PrimaryPosition extends LogPosition {
  /** Version of the thread's row; null if there is no such thread, or while it has an active run. */
  readonly version: string | null
}

export interface ReplicaPosition extends LogPosition {
  /** Whether the server is a replica. One that was promoted is not. */
  readonly isReplica: boolean
  /** Process id of the server's backend, which differs from that of the connection behind a connection pooler. */
  readonly backend: number
}

interface Row {
  readonly position: string | null
  readonly log: string
}

const log = `(SELECT system_identifier FROM pg_control_system()) || '/' || (SELECT timeline_id FROM pg_control_checkpoint()) AS log`

/**
 * Version of a thread's row: the id of the transaction that wrote it. It changes with each update, and replicas have the same.
 */
const version = `(SELECT xmin::text FROM hadal.thread WHERE thread_id = $1 AND status <> 'busy')`

/** Returns up to where the primary has written its log, and the version of a thread's row. */
export async function primaryPosition(
  database: Queryable,
  threadId: string | null,
): Promise<PrimaryPosition | undefined> {
  const { rows } = await database.query<Row & { version: string | null }>(
    `SELECT CASE WHEN NOT pg_is_in_recovery() THEN (pg_current_wal_flush_lsn() - '0/0')::text END AS position, ${log}, ${version} AS version`,
    [threadId],
  )
  const [row] = rows
  return row?.position == null ? undefined : { ...row, position: BigInt(row.position) }
}

/** Returns up to where a replica has replayed the log of its primary. */
export async function replicaPosition(database: Queryable): Promise<ReplicaPosition> {
  const { rows } = await database.query<Row & { replica: boolean; backend: number }>(
    `SELECT (pg_last_wal_replay_lsn() - '0/0')::text AS position, ${log}, pg_is_in_recovery() AS replica, pg_backend_pid() AS backend`,
  )
  const [row] = rows
  const isReplica = row?.replica === true && row.position !== null
  return { isReplica, position: BigInt(row?.position ?? 0), log: row?.log ?? '', backend: row?.backend ?? 0 }
}

/** Whether a replica has the same version of a thread's row. It then has all that was written to the database before that version. */
export async function hasVersion(replica: Queryable, threadId: string, version: string): Promise<boolean> {
  const { rowCount } = await replica.query('SELECT 1 FROM hadal.thread WHERE thread_id = $1 AND xmin::text = $2', [
    threadId,
    version,
  ])
  return rowCount === 1
}

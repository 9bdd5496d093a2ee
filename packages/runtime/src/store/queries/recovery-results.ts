import type { Queryable } from '../transaction.ts'

/** Kind of a process whose result is stored: a backup, or a drill, which restores the newest backup into a scratch database. */
export type RecoveryKind = 'backup' | 'drill'

/** Result of a backup or drill. */
export interface RecoveryResult {
  readonly kind: RecoveryKind
  readonly beganAt: Date
  /** The backup that was made or restored; undefined if the process failed before it had one. */
  readonly backupId?: string | undefined
  /** One sentence, without a secret; undefined after a success. */
  readonly error?: string | undefined
  /** Number of the backup's bytes in its target. */
  readonly bytes?: number | undefined
  /** Of a drill: age of the backup's snapshot at the beginning of the drill, in seconds. */
  readonly rpoSeconds?: number | undefined
  /** Of a drill: seconds from the beginning of the restore until the canary's run had ended. */
  readonly rtoSeconds?: number | undefined
}

/** Version of the migration that creates the table of results. */
const migrationOfResults = 28
/** How long results are kept, in days. */
const keptDays = 400

/** Stores a result, and removes those that are older than {@link keptDays}. */
export async function insertRecoveryResult(database: Queryable, result: RecoveryResult): Promise<void> {
  await database.query(
    `INSERT INTO hadal.recovery_result (kind, began_at, backup_id, error, bytes, rpo_seconds, rto_seconds)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      result.kind,
      result.beganAt,
      result.backupId ?? null,
      result.error ?? null,
      result.bytes ?? null,
      result.rpoSeconds ?? null,
      result.rtoSeconds ?? null,
    ],
  )
  await database.query(`DELETE FROM hadal.recovery_result WHERE ended_at < now() - interval '${keptDays} days'`)
}

/** The newest results of one kind. */
export interface NewestResult {
  readonly kind: RecoveryKind
  /** Whether the newest one failed. */
  readonly failed: boolean
  /** End of the newest success in seconds since 1970. Without a success: when the database was prepared for results, from when on one may be late. */
  readonly successSeconds: number
  /** Numbers of the newest success; null without one. */
  readonly bytes: number | null
  readonly rpoSeconds: number | null
  readonly rtoSeconds: number | null
}

/** Returns the newest results of both kinds. */
export async function newestResults(database: Queryable): Promise<NewestResult[]> {
  const { rows } = await database.query<NewestResult>(
    `SELECT kind, newest.error IS NOT NULL AS failed,
       extract(epoch FROM coalesce(success.ended_at, prepared.applied_at))::float8 AS "successSeconds",
       success.bytes::float8 AS bytes, success.rpo_seconds AS "rpoSeconds", success.rto_seconds AS "rtoSeconds"
     FROM (VALUES ('backup'), ('drill')) AS of_kind (kind)
     JOIN hadal.migration AS prepared ON prepared.version = ${migrationOfResults}
     LEFT JOIN LATERAL (
       SELECT error FROM hadal.recovery_result AS result WHERE result.kind = of_kind.kind ORDER BY ended_at DESC LIMIT 1) AS newest ON true
     LEFT JOIN LATERAL (
       SELECT ended_at, bytes, rpo_seconds, rto_seconds FROM hadal.recovery_result AS result
       WHERE result.kind = of_kind.kind AND error IS NULL ORDER BY ended_at DESC LIMIT 1) AS success ON true`,
  )
  return rows
}

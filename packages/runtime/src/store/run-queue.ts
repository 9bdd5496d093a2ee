/** The queue of runs. A job's id is its run's id, its retry count the attempt: together they are the fencing token. */
export const runQueue = 'run'
/** Where runs go that killed their process again and again, with the reason. */
export const deadRunQueue = 'run-dead'
export const queueSchema = 'pgboss'

/** A worker that says nothing for this long has lost its runs. pg-boss allows no less than 10 s. */
export const leaseSeconds = 10

/** The right to work on a run: lost as soon as another attempt may have begun. */
export interface Lease {
  readonly runId: string
  readonly threadId: string
  readonly attempt: number
}

/** `$1` = run, `$2` = attempt: one row while the lease holds, which can't be lost before the transaction ends. */
export const leaseQuery = `SELECT 1 FROM ${queueSchema}.job WHERE name = '${runQueue}' AND id = $1::uuid AND state = 'active' AND retry_count = $2::int FOR SHARE`

/** The same with `$3` = run as text: while the lease holds, the transaction is also marked as the run's, for what it writes. */
export const markingLeaseQuery = `SELECT set_config('hadal.run_id', $3::text, true) FROM (${leaseQuery}) AS lease`

/** Name of the queue of runs. A job's id is its run's id, and its retry count is the attempt: together they are the fencing token. */
export const runQueue = 'run'
/** Name of the queue of dead letters: runs that repeatedly killed their process, with the reason. */
export const deadRunQueue = 'run-dead'
export const queueSchema = 'pgboss'

/** Time in seconds after which a worker without a heartbeat loses its runs. The minimum of pg-boss is 10 s. */
export const leaseSeconds = 10

/** The exclusive right of an attempt to a run. It is lost as soon as another attempt may have begun. */
export interface Lease {
  readonly runId: string
  readonly threadId: string
  readonly attempt: number
  /** Tenant of the run. */
  readonly tenant: string
}

/** SQL that returns one row if the lease is valid (`$1` = run, `$2` = attempt), and prevents its loss until the end of the transaction. */
export const leaseQuery = `SELECT 1 FROM ${queueSchema}.job WHERE name = '${runQueue}' AND id = $1::uuid AND state = 'active' AND retry_count = $2::int FOR SHARE`

/** SQL that checks the lease as {@link leaseQuery} does and, if it is valid, sets the transaction's run to `$3` for the rows that it writes. */
export const markingLeaseQuery = `SELECT set_config('hadal.run_id', $3::text, true) FROM (${leaseQuery}) AS lease`

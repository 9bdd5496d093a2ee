import { type Lease, queueSchema, runQueue } from '../run-queue.ts'
import type { Queryable } from '../transaction.ts'
import { type RunCounts, unlimited } from './run-counts.ts'
import { openedRun, type RunRow, runColumnNames } from './run-rows.ts'

/** A run that this process has claimed. */
export interface Claim {
  readonly lease: Lease
  /** Row of the run if the claim also started its first attempt; undefined for any other attempt, which `startRun` starts. */
  readonly started: RunRow | undefined
}

export interface Claims {
  readonly claims: readonly Claim[]
  /** Whether a run could not be claimed because another transaction held it or its thread for a moment. */
  readonly busy: boolean
  /** Whether runs wait because a tenant or a user has the maximum number of running ones. */
  readonly limited: boolean
}

interface ClaimRow extends RunRow {
  readonly kind: 'started' | 'claimed' | 'busy' | 'limited'
  readonly claimed_tenant: string
  readonly claimed_thread: string
  readonly claimed_run: string
  readonly claimed_attempt: number
}

const startedColumns = runColumnNames.map((name) => `(started).${name}`).join(', ')

/**
 * Claims up to `most` runs that may start now, and starts those that no worker has claimed before. Tenants take turns; the runs of a tenant start in the
 * order of their acceptance, except those of users at their limit.
 */
export async function claimRuns(
  database: Queryable,
  {
    instanceId,
    most,
    running = unlimited,
  }: { readonly instanceId: string; readonly most: number; readonly running?: RunCounts },
): Promise<Claims> {
  const { rows } = await database.query<ClaimRow>(
    `SELECT kind, claimed_tenant, claimed_thread, claimed_run, claimed_attempt, ${startedColumns} FROM hadal.claim_runs_v3($1, $2, $3, $4)`,
    [instanceId, most, running.perTenant, running.perUser],
  )
  const claimed = rows.filter(({ kind }) => kind === 'started' || kind === 'claimed')
  return {
    claims: claimed.map(({ kind, claimed_tenant, claimed_thread, claimed_run, claimed_attempt, ...run }) => ({
      lease: { runId: claimed_run, threadId: claimed_thread, attempt: claimed_attempt, tenant: claimed_tenant },
      started: kind === 'started' ? openedRun(database, run) : undefined,
    })),
    busy: rows.some(({ kind }) => kind === 'busy'),
    limited: rows.some(({ kind }) => kind === 'limited'),
  }
}

/** Lists the leases of all open attempts of a process, without those in its child processes. */
export async function openLeases(database: Queryable, instanceId: string): Promise<Lease[]> {
  const { rows } = await database.query<Lease>(
    `SELECT run.run_id AS "runId", run.thread_id AS "threadId", open.attempt, run.tenant
     FROM hadal.run_attempt AS open JOIN hadal.run AS run ON run.run_id = open.run_id
     JOIN ${queueSchema}.job AS job ON job.name = '${runQueue}' AND job.id = open.run_id AND job.state = 'active' AND job.retry_count = open.attempt
     WHERE open.instance_id = $1 AND open.reason IS NULL`,
    [instanceId],
  )
  return rows
}

/**
 * Adds missing rows of threads with waiting runs to `hadal.ready_run`: the triggers on the jobs leave none out, but a run without a row would wait
 * for ever.
 *
 * @param after result of the call before; undefined to begin with the first thread
 * @param most maximum number of threads to look at
 * @returns the last thread that was looked at; undefined if it was the last one with a waiting run
 */
export async function repairReadyRuns(
  database: Queryable,
  after: string | undefined,
  most: number,
): Promise<string | undefined> {
  const { rows } = await database.query<{ last: string | null }>('SELECT hadal.repair_ready_runs_v3($1, $2) AS last', [
    after ?? null,
    most,
  ])
  return rows[0]?.last ?? undefined
}

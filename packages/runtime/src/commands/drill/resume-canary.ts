import { setTimeout as pause } from 'node:timers/promises'
import { isRecord } from '@hadal/middleware/unknown-value'
import { canary } from '../../backup/canary/canary.ts'
import { canarySteps, proofOf } from '../../backup/canary/canary-graph.ts'
import { attemptsOf } from '../../store/queries/run-attempts.ts'
import { findRun, isOver } from '../../store/queries/run-rows.ts'
import { findThread } from '../../store/queries/thread-rows.ts'
import { queueSchema, runQueue } from '../../store/run-queue.ts'
import { wholeTenant } from '../../store/scope.ts'
import type { Queryable } from '../../store/transaction.ts'
import type { ScratchServer } from './scratch-server.ts'

/** Interval in milliseconds at which the drill reads the status of the canary's run. */
const lookEveryMs = 100
/** Maximum time in milliseconds from the release of the canary's run to its end. */
const endsWithinMs = 120_000

const ofCanary = wholeTenant(canary.tenant)

/**
 * Releases the canary's run on a restored database, waits for its end, and checks its result.
 *
 * @param release makes the run's job due
 * @throws Error with one sentence if another run would start too, or if the canary's run does not end as it must
 */
export async function resumeCanary(
  { runs: { context, loops }, start }: Pick<ScratchServer, 'runs' | 'start'>,
  release: (runId: string) => Promise<unknown>,
): Promise<void> {
  const { pool } = loops
  const runId = await waitingCanary(pool)
  await release(runId)
  await requireNoOther(pool, runId)
  start()
  const end = Date.now() + endsWithinMs
  for (;;) {
    const run = await findRun(pool, ofCanary, runId)
    if (!run) throw new Error("The canary's run disappeared from the restored database.")
    if (isOver(run.status)) {
      if (run.status !== 'success') throw new Error(`The canary's run ended with ${run.status}: ${said(run.error)}`)
      await checkResult(pool, runId, run.request)
      return requireOneAttempt(pool, context.instanceId)
    }
    if (Date.now() > end) {
      throw new Error(`The canary's run did not end within ${endsWithinMs / 1_000} s. Its status is ${run.status}.`)
    }
    await pause(lookEveryMs)
  }
}

const said = (error: unknown): string => (isRecord(error) ? `${error.error}: ${error.message}` : String(error))

async function waitingCanary(database: Queryable): Promise<string> {
  const { rows } = await database.query<{ run_id: string; status: string }>(
    'SELECT run_id, status FROM hadal.run WHERE tenant = $1 AND thread_id = $2 AND graph_id = $3',
    [canary.tenant, canary.threadId, canary.graphId],
  )
  const [run] = rows
  if (!run || rows.length > 1) {
    throw new Error(
      `The backup has ${rows.length} runs of the canary; it must have one. "hadal-runtime backup" writes it: make a backup with this release, and run the drill again.`,
    )
  }
  if (run.status !== 'pending') {
    throw new Error(`The canary's run has the status ${run.status} after the restore; it must be pending.`)
  }
  return run.run_id
}

/** @throws Error if a job of another run may be claimed: what a restore brings back must wait for review */
async function requireNoOther(database: Queryable, runId: string): Promise<void> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT id FROM ${queueSchema}.job WHERE name = '${runQueue}' AND state <= 'active' AND start_after < 'infinity' AND id <> $1 LIMIT 1`,
    [runId],
  )
  const [other] = rows
  if (other) {
    throw new Error(
      `The restore left run ${other.id} ready to start; every restored run must wait for review. Don't restore this backup, and report it.`,
    )
  }
}

/** Checks that the second step began where the first one had ended, with the values of the backup. */
async function checkResult(database: Queryable, runId: string, request: unknown): Promise<void> {
  const thread = await findThread(database, ofCanary, canary.threadId)
  const input = isRecord(request) && isRecord(request.input) ? request.input : {}
  const found = isRecord(thread?.values) ? thread.values : {}
  const attempts = await attemptsOf(database, runId, canary.tenant)
  const expected = { word: input.word, steps: canarySteps, proof: proofOf(String(input.word)) }
  const problems = [
    ...Object.entries(expected).flatMap(([name, value]) =>
      JSON.stringify(found[name]) === JSON.stringify(value) ? [] : [`its ${name} is ${JSON.stringify(found[name])}`],
    ),
    ...(attempts.length === 2 ? [] : [`it has ${attempts.length} attempts`]),
  ]
  if (problems.length > 0) throw new Error(`The canary's run ended with another result: ${problems.join(', ')}.`)
}

/** @throws Error if the scratch server executed another run than the canary's */
async function requireOneAttempt(database: Queryable, instanceId: string): Promise<void> {
  const { rows } = await database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM hadal.run_attempt WHERE instance_id = $1',
    [instanceId],
  )
  const count = rows[0]?.count ?? 0
  if (count !== 1)
    throw new Error(`The scratch server executed ${count} runs; it must execute that of the canary only.`)
}

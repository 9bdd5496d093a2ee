import type { StateSnapshot } from '@langchain/langgraph'
import type pg from 'pg'
import { agentSerializer } from '../agents/agent-serializer.ts'
import type { LoadedAgent } from '../agents/loaded-agent.ts'
import { connectionAsPool } from '../store/connection-as-pool.ts'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { jsonbText } from '../store/json-text.ts'
import { LeaseLost } from '../store/leased-saver.ts'
import {
  endOrdinaryRun,
  markEnded,
  type OrdinaryEnd,
  type RestingThread,
  restThread,
  rollBackRun,
  updateThreadState,
} from '../store/queries/end-run.ts'
import { type AttemptReason, closeAttempt } from '../store/queries/run-attempts.ts'
import { appendLastEvents, type RunEvent } from '../store/queries/run-events.ts'
import { findRun, type RunStatus } from '../store/queries/run-rows.ts'
import { markReturned } from '../store/queries/start-run.ts'
import { lockThread } from '../store/queries/thread-rows.ts'
import { queueDatabase } from '../store/queue-database.ts'
import { deadRunQueue, type Lease, leaseQuery, runQueue } from '../store/run-queue.ts'
import { wholeTenant } from '../store/scope.ts'
import { ThreadSaver } from '../store/thread-saver.ts'
import { transaction } from '../store/transaction.ts'
import { settleApprovals } from './approvals/settle-approvals.ts'
import { type RunError, restingThread } from './resting-thread.ts'
import type { RunsContext } from './runs-context.ts'

/** The end of a run, as the transaction that ends it writes it. */
export interface RunEnd {
  readonly status: Exclude<RunStatus, 'pending' | 'running'>
  readonly error: RunError | null
  readonly lastEvents: readonly RunEvent[]
  /** Whether the run is also copied to the queue of dead letters. */
  readonly dead?: boolean
  /** State of the thread after the run; without it, the end of the run reads the state. A rollback ignores it. */
  readonly snapshot?: StateSnapshot
}

/**
 * Runs a transaction that changes a run and its thread, if the lease is valid. All transactions of this kind lock the thread first, which prevents
 * deadlocks.
 */
async function withLease<Result>(
  context: RunsContext,
  lease: Lease,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  return transaction(context.pool, async (client) => {
    await lockThread(client, wholeTenant(context.scope.tenant), lease.threadId)
    const { rowCount } = await client.query(leaseQuery, [lease.runId, lease.attempt])
    if (rowCount === 0) throw new LeaseLost(lease)
    return work(client)
  })
}

const job = (lease: Lease): { id: string; retryCount: number } => ({ id: lease.runId, retryCount: lease.attempt })

/**
 * Ends a run: writes its last events, its status, its thread's state and the end of its job in one transaction. If a client requested a rollback
 * meanwhile, the run is rolled back instead.
 *
 * @returns whether the run ended or was rolled back
 * @throws {LeaseLost} if the lease is lost; nothing is written then
 */
export async function endRun(
  context: RunsContext,
  lease: Lease,
  agent: LoadedAgent | undefined,
  end: RunEnd,
): Promise<'ended' | 'rolled-back'> {
  const thread = agent && (await threadAtRest(context, context.pool, lease, agent, end))
  const how = end.dead ? 'approvals' : await endAtOnce(context, lease, end, thread)
  if (how === 'lease_lost') throw new LeaseLost(lease)
  const atOnce = how === 'ended' || how === 'ended_next'
  const ended = atOnce ? 'ended' : await endInSteps(context, lease, agent, end, thread)
  const { runId, attempt } = lease
  context.notifications.send({ kind: 'ended', runId }, { kind: 'run', runId })
  if (how !== 'ended') context.notifications.send({ kind: 'queued' })
  context.onAttemptEnd?.({ run_id: runId, attempt, reason: 'ended' })
  return ended
}

const endAtOnce = (
  { pool }: RunsContext,
  lease: Lease,
  { status, error, lastEvents: events }: RunEnd,
  thread: RestingThread | undefined,
): Promise<OrdinaryEnd> => endOrdinaryRun(pool, lease, { status, error: error && jsonbText(error), events, thread })

/** Ends a run that is rolled back, becomes a dead letter, or whose thread has approval requests. */
async function endInSteps(
  context: RunsContext,
  lease: Lease,
  agent: LoadedAgent | undefined,
  end: RunEnd,
  thread: RestingThread | undefined,
): Promise<'ended' | 'rolled-back'> {
  return withLease(context, lease, async (client) => {
    const run = await findRun(client, wholeTenant(context.scope.tenant), lease.runId)
    const rolledBack = run?.cancel === 'rollback'
    if (rolledBack) {
      await rollBackRun(client, lease.threadId, lease.runId)
    } else {
      await appendLastEvents(client, lease, end.lastEvents)
      await markEnded(client, { ...lease, status: end.status, error: end.error && jsonbText(end.error) })
    }
    const database = { db: queueDatabase(client) }
    await closeAttempt(client, lease, 'ended')
    if (end.dead) await context.boss.send(deadRunQueue, { runId: lease.runId, reason: end.error }, database)
    await context.boss.complete(runQueue, job(lease), null, database)
    const left = rolledBack ? agent && (await threadAfterRollback(context, client, lease, agent)) : thread
    if (left) await updateThreadState(client, lease, left)
    else await restThread(client, lease, end.error && jsonbText(end.error))
    await settleApprovals(context, client, lease.threadId, {
      runId: lease.runId,
      actor: 'hadal:run',
      reason: rolledBack ? 'its run was rolled back' : `its run ended: ${end.status}`,
      holds: true,
    })
    return rolledBack ? 'rolled-back' : 'ended'
  })
}

/** Returns the status and state of the thread after the run; undefined if the state can't be read. The thread must become free even then. */
async function threadAtRest(
  context: RunsContext,
  pool: pg.Pool,
  { runId, threadId }: Lease,
  agent: LoadedAgent,
  { error, snapshot }: Pick<RunEnd, 'error' | 'snapshot'>,
): Promise<RestingThread | undefined> {
  try {
    const saver = new ThreadSaver(pool, agentSerializer(agent, context))
    const configurable = { thread_id: threadId, __pregel_checkpointer: saver }
    return await restingThread(snapshot ?? (await agent.graph.getState({ configurable })), error)
  } catch (trouble) {
    if (isConnectionTrouble(trouble)) throw trouble
    context.log.error({ err: trouble, run_id: runId, thread_id: threadId }, 'thread_state_unreadable')
    return undefined
  }
}

async function threadAfterRollback(
  context: RunsContext,
  client: pg.PoolClient,
  lease: Lease,
  agent: LoadedAgent,
): Promise<RestingThread | undefined> {
  await client.query('SAVEPOINT state')
  const thread = await threadAtRest(context, connectionAsPool(client, true), lease, agent, { error: null })
  if (!thread) await client.query('ROLLBACK TO SAVEPOINT state')
  return thread
}

/**
 * Returns a run to the queue, so that this or another worker continues it.
 *
 * @param reason reason for the end of the attempt
 * @param detail the reason as one sentence
 * @throws {LeaseLost} if the lease is lost; nothing is written then
 */
export async function returnRun(
  context: RunsContext,
  lease: Lease,
  reason: Extract<AttemptReason, 'returned' | 'database' | 'process_died'> = 'returned',
  detail: string | null = null,
): Promise<void> {
  await withLease(context, lease, async (client) => {
    await markReturned(client, lease.runId)
    await closeAttempt(client, lease, reason, detail)
    await context.boss.fail(runQueue, job(lease), null, { db: queueDatabase(client) })
  })
  const { runId, attempt } = lease
  context.notifications.send({ kind: 'run', runId }, { kind: 'queued' })
  context.onAttemptEnd?.({ run_id: runId, attempt, reason })
}

import { randomUUID } from 'node:crypto'
import { isGraphDrained, RunControl } from '@langchain/langgraph'
import type pg from 'pg'
import { connectionAsPool } from '../../store/connection-as-pool.ts'
import type { VerifiedTls } from '../../store/database-connection.ts'
import { DatabasePool } from '../../store/database-pool.ts'
import { LeasedSaver } from '../../store/leased-saver.ts'
import { closeAttempt, openAttempt } from '../../store/queries/run-attempts.ts'
import { markReturned, markRunning } from '../../store/queries/start-run.ts'
import { insertSubmittedRun } from '../../store/queries/submit-run.ts'
import { type Lease, queueSchema, runQueue } from '../../store/run-queue.ts'
import { wholeTenant } from '../../store/scope.ts'
import type { Seals } from '../../store/sealing/seals.ts'
import { StateSerializer } from '../../store/serde/state-serializer.ts'
import { transaction } from '../../store/transaction.ts'
import { canary } from './canary.ts'
import { createCanaryGraph } from './canary-graph.ts'
import { removeCanary } from './remove-canary.ts'

/** Settings of {@link writeCanary}. */
export interface CanaryDatabase {
  /** Address of the database, with the role that owns the tables. */
  readonly url: string
  readonly tls: VerifiedTls | undefined
  /** Encryption of what agents store; undefined without ENCRYPTION_KEY. */
  readonly seals: Seals | undefined
}

/**
 * Replaces the canary of a database: writes a run whose first step is done, and whose job never becomes due, so that no server executes it. One
 * transaction, which servers see as a whole.
 *
 * @returns id of the canary's run
 */
export async function writeCanary({ url, tls, seals }: CanaryDatabase): Promise<string> {
  const settings = { size: 0, overflow: 1, timeoutSeconds: 30, recycleSeconds: 3_600, statementTimeoutSeconds: 60 }
  const pool = new DatabasePool(
    { ...settings, connectionString: url, tls, prePing: false, applicationName: 'hadal canary', seals },
    () => {},
  )
  try {
    return await transaction(pool, async (client) => {
      await removeCanary(client)
      return insertCanary(client)
    })
  } finally {
    await pool.end()
  }
}

async function insertCanary(client: pg.PoolClient): Promise<string> {
  const { tenant, threadId, graphId, assistantId } = canary
  const lease = { runId: randomUUID(), threadId, attempt: 0, tenant }
  const input = { word: randomUUID() }
  const { kind } = await insertSubmittedRun(client, {
    scope: wholeTenant(tenant),
    threadId,
    thread: 'any',
    temporary: false,
    runId: lease.runId,
    graphId,
    assistantId,
    multitaskStrategy: 'enqueue',
    metadata: '{}',
    request: JSON.stringify({ input, streamModes: ['values'], streamSubgraphs: false }),
    afterSeconds: undefined,
    idleInstance: undefined,
  })
  if (kind !== 'accepted') throw new Error(`The canary's run was not accepted: ${kind}. This is a bug in Hadal.`)
  const ofJob = `WHERE name = '${runQueue}' AND id = $1`
  await client.query(
    `UPDATE ${queueSchema}.job SET state = 'active', started_on = now(), heartbeat_on = now() ${ofJob}`,
    [lease.runId],
  )
  await markRunning(client, { ...lease, checkpoint: null })
  await openAttempt(client, { ...lease, instanceId: randomUUID(), checkpoint: null })
  await executeFirstStep(client, lease, input)
  await markReturned(client, lease.runId)
  await closeAttempt(client, lease, 'returned', 'The canary waits for a restore drill.')
  await client.query(
    `UPDATE ${queueSchema}.job SET state = 'retry', heartbeat_on = NULL, start_after = 'infinity', keep_until = 'infinity' ${ofJob}`,
    [lease.runId],
  )
  return lease.runId
}

/** Executes the graph as a worker does that is asked to stop: it ends after its first step. */
async function executeFirstStep(client: pg.PoolClient, lease: Lease, input: { readonly word: string }): Promise<void> {
  const graph = createCanaryGraph({ executesFirst: true })
  const control = new RunControl()
  let trouble: unknown
  const saver = new LeasedSaver(
    connectionAsPool(client, true),
    { lease, onTrouble: (error) => (trouble ??= error) },
    async (_, save) => save([]),
    new StateSerializer(),
  )
  const { threadId: thread_id, runId: run_id } = lease
  const { graphId: graph_id, assistantId: assistant_id, tenant } = canary
  try {
    const options = {
      configurable: { thread_id, run_id, graph_id, assistant_id, tenant, __pregel_checkpointer: saver },
      durability: 'sync' as const,
      control,
      streamMode: 'updates' as const,
    }
    for await (const _ of await graph.stream(input, options)) control.requestDrain('first step')
  } catch (error) {
    if (!isGraphDrained(error)) throw trouble ?? error
  }
  await saver.settled()
}

import type pg from 'pg'
import { jsonbText, jsonTextInTurns } from '../store/json-text.ts'
import { placeJob } from '../store/queries/held-runs.ts'
import { insertRun } from '../store/queries/insert-run.ts'
import type { MultitaskStrategy, RunRow } from '../store/queries/run-rows.ts'
import { queueDatabase } from '../store/queue-database.ts'
import { runQueue } from '../store/run-queue.ts'
import { keepCredentials, type RunCredentials } from './run-credentials.ts'
import type { RunRequest } from './run-request.ts'
import type { RunsContext } from './runs-context.ts'

/** A run to be inserted into the queue. `afterSeconds` delays its first start; `first` puts it before the waiting runs of its thread. */
export interface QueuedRun {
  /** User as whom the run acts; null without sign-in. */
  readonly owner: string | null
  readonly runId: string
  readonly threadId: string
  readonly graphId: string
  readonly assistantId: string
  readonly multitaskStrategy: MultitaskStrategy
  readonly metadata: Readonly<Record<string, unknown>>
  readonly request: RunRequest
  readonly credentials?: RunCredentials
  readonly afterSeconds?: number
  readonly first?: boolean
}

/**
 * Inserts a run and its job, and marks the thread as busy, in the caller's transaction, which must hold the thread's lock. After its commit, the
 * caller sends the notification `queued`.
 */
export async function enqueueRun(context: RunsContext, client: pg.PoolClient, run: QueuedRun): Promise<RunRow> {
  const inserted = await insertRun(client, {
    tenant: context.scope.tenant,
    owner: run.owner,
    runId: run.runId,
    threadId: run.threadId,
    graphId: run.graphId,
    assistantId: run.assistantId,
    multitaskStrategy: run.multitaskStrategy,
    metadata: jsonbText(run.metadata),
    request: await jsonTextInTurns(run.request),
    hasCredentials: run.credentials !== undefined,
  })
  if (run.credentials) await keepCredentials(client, inserted, run.credentials)
  await context.boss.send(
    runQueue,
    { threadId: run.threadId },
    {
      id: run.runId,
      singletonKey: run.threadId,
      ...(run.afterSeconds ? { startAfter: run.afterSeconds } : {}),
      db: queueDatabase(client),
    },
  )
  await placeJob(client, { threadId: run.threadId, runId: run.runId, first: run.first ?? false })
  return inserted
}

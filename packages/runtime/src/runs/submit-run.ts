import type pg from 'pg'
import type { MultitaskStrategy, RunRow } from '../store/queries/run-rows.ts'
import type { ThreadTtl } from '../store/queries/thread-ttl.ts'
import { transaction } from '../store/transaction.ts'
import { type Acceptance, acceptRun } from './accept-run.ts'
import type { MadeAssistant } from './assistants/run-assistant.ts'
import { type IdempotentRequest, onceByKey } from './idempotency.ts'
import type { RunCredentials } from './run-credentials.ts'
import type { RunRequest } from './run-request.ts'
import type { RunsContext } from './runs-context.ts'
import { isOrdinary, submitInOneStatement } from './submit-in-one-statement.ts'

/** Rights of the caller of a run that answers a question. */
export interface Answerer {
  /** Whether the caller may start runs that do more than answer. */
  readonly mayRun: boolean
  /** Whether the caller may answer questions about tool calls. */
  readonly mayApprove: boolean
  /** Whether the user as whom the asking run acts may not answer: field `access.approvalByOthers`. */
  readonly approvalByOthers: boolean
}

/** A validated run of a client, before the server accepts it. */
export interface NewRun {
  readonly answerer: Answerer
  readonly runId: string
  /** Id of the run's thread; undefined for a stateless run, which gets a new thread. */
  readonly threadId?: string
  readonly createThread: boolean
  /** Whether the new thread of a stateless run is kept after the run. */
  readonly keepThread: boolean
  readonly graphId: string
  readonly assistantId: string
  /** Settings of the assistant if a client made it. The request has them already, except the metadata. */
  readonly assistant?: MadeAssistant
  readonly request: RunRequest
  /** Credentials of the request, for the nodes of the run only; undefined if it has none. */
  readonly credentials?: RunCredentials
  readonly metadata: Readonly<Record<string, unknown>>
  readonly multitaskStrategy: MultitaskStrategy
  readonly afterSeconds?: number
  /** TTL of the thread that the run creates; undefined for the server's default. */
  readonly ttl?: ThreadTtl
}

/**
 * Accepts a run, which from then on reaches exactly one end. Writes the run, its job, the busy thread and the decisions in its resume in one
 * transaction, which is one statement for most runs.
 *
 * @param once the client's idempotency key: a repeated request returns the run that the first one created
 * @throws {Refusal} 403 for an answer that the caller may not give; 404 if the thread or a checkpoint is unknown; 409 if another run is active or a
 *   question waits, and the strategy is `reject`; 409 or 422 if the resume is invalid, too late, or answers nothing that is pending; 409 or 422 for
 *   an idempotency key of another request
 */
export async function submitRun(context: RunsContext, run: NewRun, once?: IdempotentRequest): Promise<RunRow> {
  // The statement does not apply the filters of the author's own sign-in.
  if (!once && isOrdinary(run) && !context.scope.threads) {
    const submitted = await submitInOneStatement(context, run)
    if (submitted) return submitted
  }
  const [accepted] = await submitRuns(context, [run], once)
  if (!accepted) throw new Error(`The submission of run ${run.runId} returned no run. This is a bug in Hadal.`)
  return accepted
}

/** Accepts all runs, or none if one is refused. @throws {Refusal} as {@link submitRun} */
export async function submitRuns(
  context: RunsContext,
  runs: readonly NewRun[],
  once?: IdempotentRequest,
): Promise<readonly RunRow[]> {
  const acceptances: Acceptance[] = []
  const accept = async (database: pg.PoolClient): Promise<readonly RunRow[]> => {
    for (const run of runs) acceptances.push(await acceptRun(context, database, run))
    return acceptances.map(({ run }) => run)
  }
  const runIds = runs.map(({ runId }) => runId)
  const accepted = await transaction(context.pool, (database) =>
    once ? onceByKey(context, database, once, runIds, () => accept(database)) : accept(database),
  )
  context.notifications.send(...acceptances.flatMap(({ notifications }) => notifications))
  for (const { decided } of acceptances) for (const kind of decided) context.onDecision?.(kind)
  return accepted
}

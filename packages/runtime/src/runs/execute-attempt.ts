import type { BaseCallbackHandler } from '@langchain/core/callbacks/base'
import type { LoadedAgent } from '../agents/loaded-agent.ts'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { jsonText } from '../store/json-text.ts'
import { LeaseLost } from '../store/leased-saver.ts'
import { internalEvents, lastSequence, type RunEvent } from '../store/queries/run-events.ts'
import type { RunRow } from '../store/queries/run-rows.ts'
import { retryWhileLeased } from '../store/retry-while-leased.ts'
import type { Lease } from '../store/run-queue.ts'
import { SealError } from '../store/sealing/sealer.ts'
import type { ActiveRun, Loss } from './active-run.ts'
import { endRun, type RunEnd, returnRun } from './end-run.ts'
import { EventWriter } from './event-writer.ts'
import { type Execution, executeRun, type Outcome } from './execute-run.ts'
import { giveUpRun } from './give-up-run.ts'
import { graphConfig } from './graph-config.ts'
import type { RunError } from './resting-thread.ts'
import { runActor } from './run-actor.ts'
import {
  CredentialsMissing,
  noCredentials,
  type RunCredentials,
  readCredentials,
  secretsOf,
} from './run-credentials.ts'
import { runError } from './run-error.ts'
import { isRunRequest } from './run-request.ts'
import type { RunLimits, RunsContext } from './runs-context.ts'
import type { StartedRun } from './start-run.ts'
import { killedItsProcess } from './suspects/killed-its-process.ts'

/** Identity of an attempt at a run, for its observers. */
export interface ObservedRun {
  readonly runId: string
  readonly threadId: string
  readonly tenant: string
  readonly graphId: string
  /** Number of the attempt, from 1. */
  readonly attempt: number
  /** W3C trace context of the request that started the run: see RunRequest. */
  readonly traceparent?: string
}

/** Observers of one attempt at a run. */
export interface RunObservation {
  readonly callbacks: readonly BaseCallbackHandler[]
  /** Ids of the run, its thread, its tenant and its trace, which each log line of the attempt contains. */
  readonly ids: Readonly<Record<string, string>>
  /**
   * Called at the end of the attempt at the run.
   *
   * @param errorType name of the error if the attempt failed
   */
  readonly end: (errorType?: string) => Promise<void>
}

/** Limits and callbacks of every attempt in this process. */
export interface AttemptSettings {
  readonly limits: RunLimits
  /** Creates the observers of an attempt. Called once for each attempt at a run. */
  readonly observe: (run: ObservedRun) => RunObservation
  /** Callback for metrics, called at the end of each run. */
  readonly onEnd: (end: EndedRun) => void
}

/** A run that has ended. `seconds` is the duration of its last attempt in seconds. */
export interface EndedRun {
  readonly status: string
  readonly graphId: string
  readonly seconds: number
}

const databaseAway: Loss = { reason: 'database', detail: 'The database was unavailable for longer than a lease.' }

/**
 * Executes the work of one attempt at a run and handles its errors. An error ends the run, unless the lease is lost or the database is unavailable:
 * then nothing can be written, and another attempt follows.
 */
export async function attempt(active: ActiveRun, context: RunsContext, work: () => Promise<void>): Promise<void> {
  const { lease } = active
  const log = context.log.child({ run_id: lease.runId, thread_id: lease.threadId, attempt: lease.attempt + 1 })
  try {
    await work()
  } catch (error) {
    if (error instanceof LeaseLost) return giveUp(context, active, active.loss)
    if (isConnectionTrouble(error)) {
      log.warn({ err: error }, 'database_away')
      return giveUp(context, active, databaseAway)
    }
    log.error({ err: error }, 'attempt_failed')
    await endFailedAttempt(context, lease, runError(error, context.redactor)).catch((again: unknown) =>
      log.error({ err: again }, 'end_failed'),
    )
  }
}

/** Starts to record why this process abandons the run. The process does not wait for the record, because the database may be unavailable for long. */
function giveUp(context: RunsContext, active: ActiveRun, loss: Loss): void {
  active.recording = giveUpRun(context, active.lease, loss)
}

/** Ends a run that this server can't execute, with an `error` event after all others. */
async function endFailedAttempt(context: RunsContext, lease: Lease, error: RunError): Promise<void> {
  const sequence = (await lastSequence(context.pool, lease.runId)) + 1
  const lastEvents = [{ sequence, event: 'error', data: jsonText(error) }]
  await endRun(context, lease, undefined, { status: 'error', error, lastEvents })
}

/**
 * Executes a started attempt and writes its end: the run is over, or it returns to the queue. It works in the tenant of the run, for the run's user.
 */
export async function executeAttempt(
  context: RunsContext,
  settings: AttemptSettings,
  active: ActiveRun,
  started: StartedRun,
): Promise<void> {
  const { run } = started
  const credentials = await credentialsOf(context, active, run)
  const readable = credentials instanceof Error ? noCredentials : credentials
  active.actor = runActor(run, readable)
  const problem = credentials instanceof Error ? runError(credentials, context.redactor) : undefined
  const execute = () => executeFor(context, settings, active, started, problem)
  const secrets = secretsOf(readable)
  return secrets.length > 0 ? context.redactor.during(secrets, execute) : execute()
}

/** Reads the credentials of a run. Returns the error if they can't be decrypted or are missing: it is the error of the run. */
async function credentialsOf({ pool }: RunsContext, active: ActiveRun, run: RunRow): Promise<RunCredentials | Error> {
  try {
    return await retryWhileLeased(() => readCredentials(pool, run), active)
  } catch (error) {
    if (error instanceof SealError || error instanceof CredentialsMissing) return error
    throw error
  }
}

/** @param problem error of the run that prevents its execution */
async function executeFor(
  context: RunsContext,
  settings: AttemptSettings,
  active: ActiveRun,
  started: StartedRun,
  problem: RunError | undefined,
): Promise<void> {
  const { run } = started
  const attempt = active.lease.attempt + 1
  const observation = settings.observe({
    runId: run.run_id,
    threadId: run.thread_id,
    tenant: run.tenant,
    graphId: run.graph_id,
    attempt,
    ...(isRunRequest(run.request) ? { traceparent: run.request.traceparent } : {}),
  })
  const log = context.log.child({ ...observation.ids, graph_id: run.graph_id })
  const events = new EventWriter(context, active, {
    lastSequence: started.lastSequence,
    form: run.log_form,
    mostBytes: settings.limits.eventBytes,
    streamsMessages: isRunRequest(run.request) && run.request.streamModes.some((mode) => mode.startsWith('messages')),
  })
  const begun = performance.now()
  const before = started.attempts.at(-1)
  log.info({ attempt, resumed: started.inputWritten, attempt_before: before?.reason ?? undefined }, 'run_start')
  const { callbacks } = observation
  const execution = { context: { ...context, log }, limits: settings.limits, active, started, events, callbacks }
  const { agent, error } = problem ? { error: problem } : await loadedAgent(context, run, active.actor?.credentials)
  const outcome = await outcomeOf(execution, agent ?? error).catch(async (error: unknown) => {
    await observation.end('Error')
    throw error
  })
  await observation.end(outcome.kind === 'failed' ? outcome.error.error : undefined)
  const { lease, lost } = active
  if (!mustReturn(active, outcome)) {
    const end = await endOf(settings, context, active, started, outcome, events)
    const write = (before: readonly RunEvent[]): ReturnType<typeof endRun> => {
      const lastEvents = [...before, ...end.lastEvents]
      return retryWhileLeased(() => endRun(context, lease, agent, { ...end, lastEvents }), { signal: lost })
    }
    const how = await endWithEvents(events, write)
    if (how) {
      const status = how === 'rolled-back' ? 'rolled_back' : end.status
      const seconds = (performance.now() - begun) / 1_000
      settings.onEnd({ status, graphId: run.graph_id, seconds })
      return log.info({ status, error: end.error ?? undefined, seconds }, 'run_end')
    }
  }
  await events.settle()
  if (active.stopReason === 'lease-lost') return giveUp(context, active, active.loss)
  const away = active.stopReason === 'database' || events.troubled
  log.info({ reason: active.stopReason ?? 'drained' }, 'run_returned')
  return retryWhileLeased(() => returnRun(context, lease, away ? 'database' : 'returned'), { signal: lost })
}

/** Whether the run is not over: it returns to the queue, or another worker has it. */
function mustReturn({ stopReason }: ActiveRun, { kind }: Outcome): boolean {
  if (stopReason === undefined) return kind === 'drained'
  return stopReason === 'drain' || stopReason === 'database' || stopReason === 'lease-lost'
}

/**
 * Writes the end of a run together with the events that are not written yet.
 *
 * @returns undefined if events before could not be written: the end of a run must not be written without them
 */
async function endWithEvents<Result>(
  events: EventWriter,
  write: (before: readonly RunEvent[]) => Promise<Result>,
): Promise<Result | undefined> {
  let result: Result | undefined
  try {
    await events.appendWith(async (before) => {
      result = await write(before)
    })
  } catch (error) {
    if (!events.troubled) throw error
  }
  return result
}

/** Loads the graph of a run. A graph that a function builds is built for this attempt. */
async function loadedAgent(
  context: RunsContext,
  run: RunRow,
  credentials: RunCredentials | undefined,
): Promise<{ agent: LoadedAgent; error?: undefined } | { agent?: undefined; error: RunError }> {
  const listed = context.agents.get(run.graph_id)
  if (!listed) {
    const message = `Graph "${run.graph_id}" no longer exists on this server. Add it to langgraph.json again.`
    return { error: { error: 'UnknownGraph', message } }
  }
  try {
    return { agent: await listed.load(graphConfig(run, credentials)) }
  } catch (error) {
    return { error: runError(error, context.redactor) }
  }
}

async function outcomeOf(
  execution: Omit<Execution, 'agent' | 'request'>,
  agent: LoadedAgent | RunError,
): Promise<Outcome> {
  const { active, limits, started } = execution
  const { run } = started
  if (started.instead === 'cancelled') active.stop('cancel')
  if (started.instead) return { kind: 'stopped' }
  if ('error' in agent) return { kind: 'failed', error: agent }
  const { request } = run
  if (!isRunRequest(request)) throw new Error(`The stored request of run ${run.run_id} is invalid. Start a new run.`)
  const left = limits.seconds * 1_000 - started.runningMs
  const timeout = setTimeout(() => active.stop('timeout'), Math.max(left, 0))
  try {
    return await executeRun({ ...execution, agent, request })
  } finally {
    clearTimeout(timeout)
  }
}

async function endOf(
  { limits }: AttemptSettings,
  { redactor }: RunsContext,
  active: ActiveRun,
  started: StartedRun,
  outcome: Outcome,
  events: EventWriter,
): Promise<RunEnd> {
  const failed = async (status: 'error' | 'timeout', error: RunError, dead = false): Promise<RunEnd> => ({
    status,
    error,
    dead,
    lastEvents: [await events.last('error', error)],
  })
  if (started.instead === 'guilty') return failed('error', killedItsProcess(started), true)
  if (active.stopReason === 'timeout') {
    const message = `The run exceeded its time limit of ${limits.seconds} s. Send less work per run, or raise RUN_LIMIT_SECONDS.`
    return failed('timeout', { error: 'RunTimeout', message })
  }
  if (active.stopReason === 'rejection') {
    const { error, message } = runError(active.rejection, redactor)
    return failed('error', { error, message: `A promise was rejected that nothing awaited: ${message}` })
  }
  const cancelled = active.stopReason === 'cancel'
  if (outcome.kind === 'failed' && !cancelled) return failed('error', outcome.error)
  const output = 'output' in outcome ? outcome.output : undefined
  const lastEvents = output === undefined ? [] : [await events.last(internalEvents.output, output)]
  const isInterrupted = cancelled || outcome.kind === 'interrupted'
  const snapshot = 'snapshot' in outcome ? outcome.snapshot : undefined
  return {
    status: isInterrupted ? 'interrupted' : 'success',
    error: null,
    lastEvents,
    ...(snapshot ? { snapshot } : {}),
  }
}

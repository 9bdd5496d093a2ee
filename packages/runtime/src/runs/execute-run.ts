import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BaseCallbackHandler } from '@langchain/core/callbacks/base'
import { isGraphDrained, type StateSnapshot } from '@langchain/langgraph'
import { agentSerializer } from '../agents/agent-serializer.ts'
import type { LoadedAgent } from '../agents/loaded-agent.ts'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { type AroundSave, LeasedSaver } from '../store/leased-saver.ts'
import { ledgerTrouble } from '../store/ledger-unavailable.ts'
import { internalEvents } from '../store/queries/run-events.ts'
import type { RunRow } from '../store/queries/run-rows.ts'
import { retryWhileLeased } from '../store/retry-while-leased.ts'
import { isSpendingUnavailable } from '../store/spending-unavailable.ts'
import type { ActiveRun } from './active-run.ts'
import { shownList } from './approvals/shown-interrupts.ts'
import { StreamedInterrupts } from './approvals/streamed-interrupts.ts'
import type { EventWriter } from './event-writer.ts'
import { runConfigurable, runIdentity } from './graph-config.ts'
import { graphInput } from './graph-input.ts'
import { isNewestOfSubgraph, requireCheckpoint } from './require-checkpoint.ts'
import { pendingInterrupts, type RunError } from './resting-thread.ts'
import { restoredValues } from './restored-values.ts'
import { noCredentials } from './run-credentials.ts'
import { runError } from './run-error.ts'
import type { RunRequest } from './run-request.ts'
import { RunValues, untrackedChannels } from './run-values.ts'
import type { RunLimits, RunsContext } from './runs-context.ts'
import type { StartedRun } from './start-run.ts'
import { stepWatch } from './step-watch.ts'
import { stoppedAtBreakpoint } from './stopped-at-breakpoint.ts'
import {
  chunkWithoutConfig,
  type GraphChunk,
  graphChunk,
  graphStreamModes,
  type StreamEvent,
  StreamEvents,
} from './stream-events.ts'
import { ThrownValues } from './thrown-values.ts'
import { VoidMessages } from './void-messages.ts'

/** Everything that one execution of a graph needs: dependencies, limits, graph, attempt, request and event log. */
export interface Execution {
  readonly context: RunsContext
  readonly limits: RunLimits
  readonly agent: LoadedAgent
  readonly active: ActiveRun
  readonly started: StartedRun
  readonly request: RunRequest
  readonly events: EventWriter
  /** Handlers that get every model and tool call of the run, including those of subagents. */
  readonly callbacks: readonly BaseCallbackHandler[]
}

/** How the execution of a graph ended. A `drained` run returns to the queue; after `stopped`, the stop reason decides what follows. */
export type Outcome =
  | {
      readonly kind: 'finished' | 'interrupted'
      /**
       * Response to clients that wait for the run: the last values of its graph, with the pending interrupts; undefined if the graph streamed no
       * values.
       */
      readonly output: unknown
      /** State of the thread after the graph ended, if it was read: nothing else writes it until the run is over. */
      readonly snapshot?: StateSnapshot
    }
  | { readonly kind: 'drained' }
  | {
      readonly kind: 'stopped'
      /** Response to clients that wait for a cancelled run: the last values up to the cancellation, with the pending interrupts. */
      readonly output?: unknown
      /** State of the thread after a cancelled run, if it was read. */
      readonly snapshot?: StateSnapshot
    }
  | { readonly kind: 'failed'; readonly error: RunError }

const everyNode = (nodes: '*' | readonly string[] | undefined): string | string[] | undefined =>
  nodes === '*' ? '*' : nodes && [...nodes]

/** Options with which the graph is executed: those of the client's request, overridden by those of the server. */
function graphOptions(
  execution: Execution,
  run: RunRow,
  saver: LeasedSaver,
  streamed: ReadonlySet<string>,
  origin: RunRequest['checkpoint'],
): Record<string, unknown> {
  const { active, agent, callbacks, context, limits, request } = execution
  const identity = runIdentity(run)
  const credentials = active.actor?.credentials ?? noCredentials
  // Run id and attempt together identify the holder of a budget reservation.
  const attempt = { run_attempt: active.lease.attempt }
  return {
    configurable: {
      ...runConfigurable(run, credentials),
      ...attempt,
      ...(origin?.checkpoint_id
        ? { checkpoint_id: origin.checkpoint_id, checkpoint_ns: origin.checkpoint_ns ?? '' }
        : {}),
      ...(origin?.checkpoint_map ? { checkpoint_map: origin.checkpoint_map } : {}),
      __pregel_checkpointer: saver,
    },
    ...(request.context ? { context: request.context } : {}),
    metadata: {
      // LangChain copies texts of `configurable` to the metadata of traces, unless the metadata has a field of that name.
      ...Object.fromEntries(Object.keys(credentials.headers).map((name) => [name, undefined])),
      ...request.config?.metadata,
      ...run.metadata,
      ...identity,
      ...(request.assistantVersion === undefined ? {} : { assistant_version: request.assistantVersion }),
    },
    tags: [...(request.config?.tags ?? [])],
    runId: run.run_id,
    runName: request.config?.run_name ?? agent.graphId,
    ...(request.config?.max_concurrency ? { maxConcurrency: request.config.max_concurrency } : {}),
    recursionLimit: Math.min(request.config?.recursion_limit ?? limits.steps, limits.steps),
    store: context.storeOf(active.actor),
    durability: 'sync',
    signal: active.signal,
    control: active.control,
    callbacks: [...callbacks],
    streamMode: [...streamed],
    subgraphs: request.streamSubgraphs,
    interruptBefore: everyNode(request.interruptBefore),
    interruptAfter: everyNode(request.interruptAfter),
  }
}

/**
 * Returns the checkpoint at which the first attempt at a run begins; undefined for the thread's newest. A later attempt continues from the run's own
 * newest checkpoint.
 *
 * @throws {Refusal} 404 if the thread no longer has the checkpoint
 */
async function originOf(
  { pool }: RunsContext,
  threadId: string,
  named: RunRequest['checkpoint'],
): Promise<RunRequest['checkpoint']> {
  await requireCheckpoint(pool, threadId, named)
  return (await isNewestOfSubgraph(pool, threadId, named)) ? undefined : named
}

const isRootChunk = (event: unknown, runId: string): event is { data: { chunk: unknown } } =>
  typeof event === 'object' &&
  event !== null &&
  'event' in event &&
  event.event === 'on_chain_stream' &&
  'run_id' in event &&
  event.run_id === runId &&
  'data' in event &&
  typeof event.data === 'object' &&
  event.data !== null &&
  'chunk' in event.data

/** Executes the graph until it ends or is stopped, and writes its events meanwhile. */
export async function executeRun(execution: Execution): Promise<Outcome> {
  const { active, agent, context, events, request, started } = execution
  const { run } = started
  const untracked = untrackedChannels(agent.graph)
  let values = new RunValues(untracked)
  let origin: RunRequest['checkpoint']
  const thrown = new ThrownValues()
  // A step's events are written with its checkpoint, because no later attempt would repeat them.
  const passesStep = stepWatch()
  const aroundSave: AroundSave = async (writes, save) => {
    if (untracked.length === 0 && writes.every(({ kind }) => kind === 'task')) return save([])
    // The graph has streamed the step's events, but the loop that reads them needs turns of the event loop.
    await nextTurn()
    const last = writes.findLast(({ namespace }) => namespace === '')
    if (last && values.untracked)
      await events.push(internalEvents.untracked, { checkpoint_id: last.checkpointId, values: values.untracked })
    await events.appendWith(async (pending) => {
      if (writes.filter(passesStep).length > 0 && active.drainsAfterStep) active.control.requestDrain('step passed')
      await save(pending)
    })
  }
  const serializer = agentSerializer(agent, context)
  const interrupts = new StreamedInterrupts(agent.graph)
  const ofRun = { ...request.config?.metadata, ...run.metadata, ...runIdentity(run) }
  const saver = new LeasedSaver(context.pool, active, aroundSave, serializer, {
    metadata: { ...ofRun, run_attempt: active.lease.attempt + 1 },
    onTaskWrites: (writes) => interrupts.onWrites(writes),
  })
  const state = { configurable: { thread_id: run.thread_id, __pregel_checkpointer: saver } }
  const outputWith = (pending: readonly unknown[]): unknown => {
    const { last } = values
    return last && pending.length > 0 ? { ...last, __interrupt__: pending } : last
  }
  const stopped = async (): Promise<Outcome> => {
    const ends = active.stopReason === 'cancel' || active.stopReason === 'timeout' || active.stopReason === 'rejection'
    if (ends) await saver.idle()
    if (active.stopReason !== 'cancel' || !values.last) return { kind: 'stopped' }
    try {
      const snapshot = await agent.graph.getState(state)
      return { kind: 'stopped', output: outputWith(shownList(pendingInterrupts(snapshot))), snapshot }
    } catch (error) {
      // The response to waiting clients is then read from the thread.
      context.log.warn({ err: error }, 'output_of_cancelled_run_unknown')
      return { kind: 'stopped' }
    }
  }
  /** Retries a read from the database that is not part of a graph step: a database outage must not count as a failure of the graph. */
  const read = <Result>(work: () => Promise<Result>): Promise<Result> =>
    retryWhileLeased(work, active).catch((error: unknown) => {
      if (isConnectionTrouble(error)) active.onTrouble(error)
      throw error
    })
  try {
    await events.push('metadata', { run_id: run.run_id, attempt: active.lease.attempt + 1 })
    // A rollback may have removed the checkpoint since the run was accepted.
    if (!started.inputWritten) origin = await read(() => originOf(context, run.thread_id, request.checkpoint))
    else {
      const snapshot = await stoppedAtBreakpoint(agent, saver, request, state)
      if (snapshot) return { kind: 'interrupted', output: outputWith([]), snapshot }
      const ids = { runId: run.run_id, threadId: run.thread_id }
      const restored = untracked.length > 0 ? await read(() => restoredValues(context.pool, saver, ids)) : {}
      values = new RunValues(untracked, restored)
    }
    await stream(execution, { saver, values, thrown, interrupts, origin })
    await saver.settled()
    if (active.stopReason) return await stopped()
    const snapshot = await agent.graph.getState(state)
    const pending = shownList(pendingInterrupts(snapshot))
    const kind = snapshot.next.length > 0 || pending.length > 0 ? 'interrupted' : 'finished'
    return { kind, output: outputWith(pending), snapshot }
  } catch (trouble) {
    if (active.stopReason) return stopped()
    const error = thrown.behind(trouble)
    if (error && isGraphDrained(error)) return { kind: 'drained' }
    const unavailable = isSpendingUnavailable(error) ? error : ledgerTrouble(error)
    if (unavailable) {
      active.onTrouble(unavailable)
      return { kind: 'stopped' }
    }
    // A value that can't be saved also causes other errors, for example of its event, which may come first.
    await nextTurn()
    await saver.idle()
    const cause = saver.refused ?? error
    context.redactor.error(cause)
    context.log.warn({ err: cause }, 'run_failed')
    return { kind: 'failed', error: runError(cause, context.redactor) }
  }
}

interface Hearing {
  readonly saver: LeasedSaver
  readonly values: RunValues
  readonly thrown: ThrownValues
  readonly interrupts: StreamedInterrupts
  /** Checkpoint at which the graph begins; undefined for the thread's newest. */
  readonly origin: RunRequest['checkpoint']
}

/** Streams the output of the graph into the run's event log. */
async function stream(execution: Execution, { saver, values, thrown, interrupts, origin }: Hearing): Promise<void> {
  const { agent, events, request, started } = execution
  const asked = graphStreamModes(request.streamModes)
  // Waiting clients get the last values, so `values` is always streamed. `updates` shows untracked channels before `values` does.
  const streamed = new Set([...asked, 'values', ...(untrackedChannels(agent.graph).length > 0 ? ['updates'] : [])])
  const wire = new StreamEvents(request.streamModes, (error) => runError(error, execution.context.redactor))
  const voided = new VoidMessages((id) => void pushAll(wire.voided(id)))
  const { langSmithTracer } = request
  const tracer = langSmithTracer && execution.context.langSmith?.(langSmithTracer)
  const options = graphOptions(
    { ...execution, callbacks: [...execution.callbacks, thrown, voided, ...(tracer ? [tracer] : [])] },
    started.run,
    saver,
    streamed,
    origin,
  )
  const input = started.inputWritten ? null : graphInput(request)
  const push = async (chunk: GraphChunk | undefined): Promise<void> => {
    if (!chunk) return
    for (const shown of await interrupts.of(chunk)) await pushShown(shown)
  }
  const pushShown = async (chunk: GraphChunk): Promise<void> => {
    const { namespace, mode, payload } = chunk
    if (namespace.length > 0) return pushAll(wire.of(chunk))
    const whole = values.completed(mode, payload)
    values.hear(mode, whole)
    return pushAll(wire.of({ namespace, mode, payload: whole }))
  }
  const pushAll = async (all: readonly StreamEvent[]): Promise<void> => {
    for (const { event, data } of all) await events.push(event, data)
  }
  if (!request.streamModes.includes('events')) {
    for await (const chunk of await agent.graph.stream(input, options))
      await push(graphChunk(chunk, request.streamSubgraphs))
    return
  }
  for await (const event of agent.graph.streamEvents(input, { ...options, version: 'v2' })) {
    if (!isRootChunk(event, started.run.run_id)) {
      await events.push('events', event)
      continue
    }
    const { data } = event
    const chunk = graphChunk(data.chunk, request.streamSubgraphs)
    await push(chunk)
    if (chunk && !asked.some((mode) => mode === chunk.mode)) continue
    const shown = chunkWithoutConfig(data.chunk, request.streamSubgraphs)
    await events.push('events', { ...event, data: { ...data, chunk: shown } })
  }
}

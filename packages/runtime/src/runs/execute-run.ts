import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Redactor } from '@hadal/middleware/redactor'
import type { BaseCallbackHandler } from '@langchain/core/callbacks/base'
import { isGraphDrained } from '@langchain/langgraph'
import type { LoadedAgent } from '../agents/loaded-agent.ts'
import { LeasedSaver } from '../store/leased-saver.ts'
import type { RunRow } from '../store/queries/run-rows.ts'
import { isSpendingUnavailable } from '../store/spending-ledger.ts'
import type { ActiveRun } from './active-run.ts'
import type { EventWriter } from './event-writer.ts'
import { graphInput } from './graph-input.ts'
import { requireCheckpoint } from './require-checkpoint.ts'
import { pendingInterrupts, type RunError } from './resting-thread.ts'
import type { RunRequest } from './run-request.ts'
import type { RunLimits, RunsContext } from './runs-context.ts'
import type { StartedRun } from './start-run.ts'
import { stoppedAtBreakpoint } from './stopped-at-breakpoint.ts'
import { graphStreamModes, StreamEvents } from './stream-events.ts'

export interface Execution {
  readonly context: RunsContext
  readonly limits: RunLimits
  readonly agent: LoadedAgent
  readonly active: ActiveRun
  readonly started: StartedRun
  readonly request: RunRequest
  readonly events: EventWriter
  /** Sees every model and tool call of the run, subagents' too. */
  readonly callbacks: readonly BaseCallbackHandler[]
}

export type Outcome =
  | { readonly kind: 'finished' | 'interrupted' | 'drained' | 'stopped' }
  | { readonly kind: 'failed'; readonly error: RunError }

const everyNode = (nodes: '*' | readonly string[] | undefined): string | string[] | undefined =>
  nodes === '*' ? '*' : nodes && [...nodes]

/** What the graph gets beside its input: what the client may decide, and over it what the server does. */
function graphOptions(execution: Execution, run: RunRow, saver: LeasedSaver): Record<string, unknown> {
  const { active, agent, callbacks, limits, request, started } = execution
  const identity = {
    run_id: run.run_id,
    thread_id: run.thread_id,
    graph_id: run.graph_id,
    assistant_id: run.assistant_id,
  }
  // With the run's id, what a reservation of its budget is held by.
  const attempt = { run_attempt: active.lease.attempt }
  // A run that has begun goes on from its own newest checkpoint, not from where it once branched off.
  const origin = started.inputWritten ? {} : request.checkpoint
  return {
    configurable: {
      ...request.config?.configurable,
      ...identity,
      ...attempt,
      ...(origin?.checkpoint_id
        ? { checkpoint_id: origin.checkpoint_id, checkpoint_ns: origin.checkpoint_ns ?? '' }
        : {}),
      ...(origin?.checkpoint_map ? { checkpoint_map: origin.checkpoint_map } : {}),
      __pregel_checkpointer: saver,
    },
    ...(request.context ? { context: request.context } : {}),
    metadata: { ...run.metadata, ...identity },
    tags: [...(request.config?.tags ?? [])],
    runId: run.run_id,
    runName: agent.graphId,
    recursionLimit: Math.min(request.config?.recursion_limit ?? limits.steps, limits.steps),
    durability: 'sync',
    signal: active.signal,
    control: active.control,
    callbacks: [...callbacks],
    streamMode: graphStreamModes(request.streamModes),
    subgraphs: request.streamSubgraphs,
    interruptBefore: everyNode(request.interruptBefore),
    interruptAfter: everyNode(request.interruptAfter),
  }
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

/** Runs the graph to its end, or to where it is stopped, and writes its events on the way. */
export async function executeRun(execution: Execution): Promise<Outcome> {
  const { active, agent, context, events, request, started } = execution
  const { run } = started
  // A step's events are written before its checkpoint: after that nobody would ever say them again.
  const saver = new LeasedSaver(context.pool, active.lease, active.onTrouble, async () => {
    // The graph has streamed them; reading them takes the loop below some turns of its own.
    await nextTurn()
    await events.flush()
  })
  const options = graphOptions(execution, run, saver)
  const state = { configurable: { thread_id: run.thread_id, __pregel_checkpointer: saver } }
  try {
    await events.push('metadata', { run_id: run.run_id, attempt: active.lease.attempt + 1 })
    if (started.inputWritten && (await stoppedAtBreakpoint(agent, saver, request, state)))
      return { kind: 'interrupted' }
    // A rollback may have removed it since the run was accepted.
    if (!started.inputWritten) await requireCheckpoint(context.pool, run.thread_id, request.checkpoint)
    const input = started.inputWritten ? null : graphInput(request)
    const stream = new StreamEvents(request.streamModes, request.streamSubgraphs)
    const push = async (chunk: unknown): Promise<void> => {
      for (const { event, data } of stream.of(chunk)) await events.push(event, data)
    }
    if (request.streamModes.includes('events')) {
      for await (const event of agent.graph.streamEvents(input, { ...options, version: 'v2' })) {
        if (isRootChunk(event, run.run_id)) await push(event.data.chunk)
        await events.push('events', event)
      }
    } else {
      for await (const chunk of await agent.graph.stream(input, options)) await push(chunk)
    }
    if (active.stopReason) return { kind: 'stopped' }
    const snapshot = await agent.graph.getState(state)
    const waits = snapshot.next.length > 0 || Object.keys(pendingInterrupts(snapshot)).length > 0
    return { kind: waits ? 'interrupted' : 'finished' }
  } catch (error) {
    if (active.stopReason) return { kind: 'stopped' }
    if (isGraphDrained(error)) return { kind: 'drained' }
    if (isSpendingUnavailable(error)) {
      active.onTrouble(error)
      return { kind: 'stopped' }
    }
    context.log.warn({ err: error }, 'run_failed')
    return { kind: 'failed', error: runError(error, context.redactor) }
  }
}

/** What a client may know of an error: its name and its sentence, without secrets, and never where it was thrown. */
export function runError(error: unknown, redactor: Redactor): RunError {
  if (!(error instanceof Error)) return { error: 'Error', message: redactor.text(String(error)) }
  // LangGraph appends a link to its own documentation.
  const [message = error.message] = error.message.split('\n\nTroubleshooting URL:')
  return { error: error.name, message: redactor.text(message) }
}

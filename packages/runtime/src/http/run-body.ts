import { isRecord } from '@hadal/middleware/unknown-value'
import { z } from 'zod'
import type { MadeAssistant, RunAssistant } from '../runs/assistants/run-assistant.ts'
import { checkClientContext } from '../runs/client-context.ts'
import { Refusal } from '../runs/refusal.ts'
import type { NamedCheckpoint } from '../runs/require-checkpoint.ts'
import { requireStorable } from '../runs/require-storable.ts'
import { type RunCommand, type RunRequest, streamModes } from '../runs/run-request.ts'
import { userKeys } from '../runs/run-user.ts'
import type { NewRun } from '../runs/submit-run.ts'
import { checked, Metadata, Name } from './checked-input.ts'
import { Checkpoint, namedCheckpoint } from './named-checkpoint.ts'
import { Ttl, ttlOf } from './thread-ttl.ts'

/** Schema of a checkpoint in LangGraph's `config.configurable`. A run on a thread may name its checkpoint there, but not its namespace. */
const ConfiguredCheckpoint = z.object({
  config: z.object({ configurable: Checkpoint.pick({ checkpoint_id: true }) }),
})

/** Schema of a field that the server can't honour. A value is rejected, because ignoring it would break what the client expects. */
const refused = (sentence: string) => z.null(sentence).optional()

/** Name of the class in an object that LangGraph's own `toJSON` wrote. */
const lg_name = z.string().nullish()
/** Schema of a jump to a node. LangGraph's `Send` has the node's input in `args`. */
const Goto = z.union([
  Name,
  z
    .strictObject({ node: Name, input: z.unknown().optional(), args: z.unknown().optional(), lg_name })
    .transform(({ node, input, args }) => ({
      node,
      input: input ?? args,
    })),
])
export const Command = z
  .strictObject({
    lg_name,
    resume: z.unknown().optional(),
    update: z.union([z.record(Name, z.unknown()), z.array(z.tuple([Name, z.unknown()]))]).nullish(),
    goto: z.union([Goto, z.array(Goto)]).nullish(),
  })
  .refine(
    ({ resume, update, goto }) => isAnswer(resume) || [update ?? {}, goto ?? {}].some(hasContent),
    'is empty: null and absent fields are the same. Send resume, update or goto; or input null without a command, which continues the thread',
  )
export const Config = z.strictObject({
  tags: z.array(z.string()).max(100).nullish(),
  recursion_limit: z.int().min(1).nullish(),
  metadata: Metadata.nullish(),
  max_concurrency: z.int().min(1).nullish(),
  run_name: z.string().max(200).nullish(),
  configurable: z.record(z.string(), z.unknown()).nullish(),
})
const Nodes = z.union([z.literal('*'), z.array(Name)])
const Mode = z.enum(streamModes)
const strategies = ['reject', 'enqueue', 'interrupt', 'rollback'] as const
const ifNotExists = ['create', 'reject'] as const
/** Whether a field of a client's command to a graph has content: an update without keys and a list without nodes do nothing. */
function hasContent(field: unknown): boolean {
  return typeof field !== 'object' || field === null || Object.keys(field).length > 0
}

/** Whether a client's command answers an interrupt: its `resume` has a value. An empty object is an answer too: the graph decides what it means. */
function isAnswer(resume: unknown): boolean {
  return resume !== undefined && resume !== null
}

/** Schemas of the fields of every request that starts a run. */
const common = {
  assistant_id: z.string(),
  input: z.unknown().optional(),
  command: Command.nullish(),
  config: Config.nullish(),
  context: z.record(z.string(), z.unknown()).nullish(),
  metadata: Metadata.nullish(),
  stream_mode: z.union([Mode, z.array(Mode)]).nullish(),
  stream_subgraphs: z.boolean().nullish(),
  /** The field `stream_resumable` is accepted and ignored, because clients can resume every stream. */
  stream_resumable: z.boolean().nullish(),
  interrupt_before: Nodes.nullish(),
  interrupt_after: Nodes.nullish(),
  on_disconnect: z.enum(['cancel', 'continue']).nullish(),
  after_seconds: z.number().min(0).max(31_536_000).nullish(),
  /**
   * The field `strict_resume` is accepted and ignored, because the server always checks answers to interrupts strictly: see
   * runs/approvals/resume-answers.ts.
   */
  strict_resume: z.boolean().nullish(),
  /** The fields `durability` and `checkpoint_during` are accepted and ignored, because the server always writes every step, which is more than each promises. */
  durability: z.enum(['sync', 'async', 'exit']).nullish(),
  checkpoint_during: z.boolean().nullish(),
  webhook: refused('this server sends no webhooks yet. Leave it out, and join the run to learn of its end'),
  /** The field `feedback_keys` has no effect: only LangSmith itself can create the addresses that it asks for. */
  feedback_keys: z.array(z.string()).nullish(),
  langsmith_tracer: z.strictObject({ project_name: z.string().nullish(), example_id: z.string().nullish() }).nullish(),
  /** The field `ttl`: TTL of the thread that the run creates. */
  ttl: Ttl,
}

export const ThreadRunBody = z.strictObject({
  ...common,
  checkpoint: Checkpoint.nullish(),
  checkpoint_id: z.string().nullish(),
  multitask_strategy: z.enum(strategies).nullish(),
  if_not_exists: z.enum(ifNotExists).nullish(),
  on_completion: z
    .literal('keep', 'the thread of this run is kept. Leave it out, or start the run without a thread')
    .nullish(),
})
const noCheckpoint =
  'a run without a thread has no checkpoint from which it could start. Leave it out, or start the run on its thread'
export const StatelessRunBody = z.strictObject({
  ...common,
  on_completion: z.enum(['delete', 'keep']).nullish(),
  checkpoint: Checkpoint.refine(
    (named) => namedCheckpoint({ checkpoint: named }) === undefined,
    noCheckpoint,
  ).nullish(),
  checkpoint_id: refused(noCheckpoint),
  /** These two fields have no effect: a run without a thread gets a new thread, on which no other run is active. */
  if_not_exists: z.enum(ifNotExists).nullish(),
  multitask_strategy: z.enum(strategies).nullish(),
})
export type RunBody = z.output<typeof ThreadRunBody> | z.output<typeof StatelessRunBody>

/**
 * Returns the run that the validated body of a request describes.
 *
 * @throws {Refusal} 422 if the client sends context that only the agent's author may set, or a value that no state can hold
 */
export function newRun(
  { agent, assistantId, made }: RunAssistant,
  body: RunBody,
  threadId: string | undefined,
  runId: string,
): Omit<NewRun, 'answerer'> {
  const { configurable, configured } = configurableOf(body, threadId)
  checkClientContext(agent, 'context', body.context ?? {}, threadId)
  checkClientContext(agent, 'config.configurable', configurable, threadId)
  requireStorable({
    input: body.input,
    command: body.command,
    context: body.context,
    config: body.config,
    metadata: body.metadata,
  })
  const createThread = threadId !== undefined && body.if_not_exists === 'create'
  const keepThread = threadId === undefined && body.on_completion === 'keep'
  checkTtl(body, threadId === undefined ? keepThread : createThread, threadId)
  const checkpoint = namedCheckpoint({
    checkpoint: body.checkpoint,
    checkpoint_id: { checkpoint_id: body.checkpoint_id },
    'config.configurable': configured,
  })
  return {
    runId,
    threadId,
    createThread,
    keepThread,
    ttl: ttlOf(body.ttl),
    graphId: agent.graphId,
    assistantId,
    ...(made ? { assistant: made } : {}),
    metadata: body.metadata ?? {},
    multitaskStrategy: (threadId === undefined ? undefined : body.multitask_strategy) ?? 'enqueue',
    // Rounded to milliseconds, because PostgreSQL rejects an interval such as 5e-324.
    afterSeconds: Math.round((body.after_seconds ?? 0) * 1_000) / 1_000 || undefined,
    request: {
      ...withSettings(requestOf(body, configurable), made),
      ...(checkpoint ? { checkpoint: givenFields(checkpoint) } : {}),
    },
  }
}

/**
 * Keys that every LangGraph server puts into the `configurable` of a run. A graph that calls another one sends its own, which mean nothing for the run
 * that it starts.
 */
const ofCaller = new Set(['run_id', 'run_attempt', 'graph_id', 'assistant_id'])
/** Keys of the calling graph's user. A client that is not a graph can't send them: see {@link checkClientContext}. */
const ofCallersUser = new Set<string>(['tenant', ...userKeys])
const checkpointKeys = new Set(['checkpoint_id', 'checkpoint_ns', 'checkpoint_map'])

/**
 * Returns whether a key of the client's `config.configurable` has no effect. A run without a thread has no checkpoint. Only a graph that calls another
 * one sends `graph_id`.
 */
function isIneffective(sent: object, threadId: string | undefined): (key: string) => boolean {
  const byGraph = 'graph_id' in sent
  return (key) =>
    ofCaller.has(key) ||
    key.startsWith('__pregel_') ||
    (byGraph && ofCallersUser.has(key)) ||
    (threadId === undefined && checkpointKeys.has(key))
}

/**
 * Names of the known fields of a run that have no effect here.
 *
 * @param traced whether runs are traced to LangSmith
 */
export function ineffectiveFields(body: RunBody, threadId: string | undefined, traced: boolean): string[] {
  const configurable = body.config?.configurable ?? {}
  const hasNoEffect = isIneffective(configurable, threadId)
  return [
    ...(body.feedback_keys && body.feedback_keys.length > 0 ? ['feedback_keys'] : []),
    ...(body.langsmith_tracer && !traced ? ['langsmith_tracer'] : []),
    ...Object.entries(configurable).flatMap(([key, value]) =>
      hasNoEffect(key) && value !== null ? [`config.configurable.${key}`] : [],
    ),
  ]
}

/** Splits the client's `config.configurable` into the checkpoint that it names and the keys for the graph. */
function configurableOf(
  body: RunBody,
  threadId: string | undefined,
): { configurable: Record<string, unknown>; configured?: NamedCheckpoint } {
  const all = body.config?.configurable ?? {}
  const hasNoEffect = isIneffective(all, threadId)
  const sent = Object.entries(all).filter(
    ([key, value]) => !hasNoEffect(key) && !(checkpointKeys.has(key) && isEmpty(value)),
  )
  const { checkpoint_id, ...configurable } = Object.fromEntries(sent)
  const { config } = checked(ConfiguredCheckpoint, { config: { configurable: { checkpoint_id } } })
  return { configurable, configured: config.configurable }
}

/** Whether a key names no checkpoint, because its value is empty: clients send the root's namespace and an empty map. */
const isEmpty = (value: unknown): boolean => value === null || value === '' || !hasContent(value)

/** @throws {Refusal} 422 if the request gives a TTL, but no thread that it creates is kept */
function checkTtl({ ttl }: RunBody, createsKeptThread: boolean, threadId: string | undefined): void {
  if (!ttl || createsKeptThread) return
  throw new Refusal(
    422,
    threadId === undefined
      ? 'ttl: the thread of this run is deleted soon after its end. Leave ttl out, or send on_completion: "keep".'
      : `ttl: only a thread that the run creates gets it. Send if_not_exists: "create" too, or PATCH /threads/${threadId} with the ttl.`,
  )
}

const givenFields = (named: NamedCheckpoint): RunRequest['checkpoint'] => ({
  ...(named.thread_id ? { thread_id: named.thread_id } : {}),
  ...(named.checkpoint_id ? { checkpoint_id: named.checkpoint_id } : {}),
  ...(named.checkpoint_ns ? { checkpoint_ns: named.checkpoint_ns } : {}),
  ...(named.checkpoint_map ? { checkpoint_map: named.checkpoint_map } : {}),
})

function requestOf(body: RunBody, sent: Readonly<Record<string, unknown>>): RunRequest {
  const modes = body.stream_mode ?? []
  const streamModes = typeof modes === 'string' ? [modes] : modes
  const { project_name, example_id } = body.langsmith_tracer ?? {}
  const { thread_id: _, ...configurable } = sent
  return {
    ...(body.input === undefined ? {} : { input: body.input }),
    ...(body.command ? { command: commandOf(body.command) } : {}),
    ...(body.context ? { context: body.context } : {}),
    config: {
      ...(body.config?.tags ? { tags: body.config.tags } : {}),
      ...(body.config?.recursion_limit ? { recursion_limit: body.config.recursion_limit } : {}),
      ...(body.config?.metadata ? { metadata: body.config.metadata } : {}),
      ...(body.config?.max_concurrency ? { max_concurrency: body.config.max_concurrency } : {}),
      ...(body.config?.run_name ? { run_name: body.config.run_name } : {}),
      configurable,
    },
    streamModes: streamModes.length > 0 ? streamModes : ['values'],
    streamSubgraphs: body.stream_subgraphs ?? false,
    ...(body.interrupt_before ? { interruptBefore: body.interrupt_before } : {}),
    ...(body.interrupt_after ? { interruptAfter: body.interrupt_after } : {}),
    ...(project_name || example_id
      ? { langSmithTracer: { ...(project_name ? { project_name } : {}), ...(example_id ? { example_id } : {}) } }
      : {}),
  }
}

/** Adds the settings of an assistant to a request, which overrides them key by key. */
function withSettings(request: RunRequest, made: MadeAssistant | undefined): RunRequest {
  if (!made) return request
  const context = { ...made.context, ...request.context }
  const configurable = {
    ...(isRecord(made.config.configurable) ? made.config.configurable : {}),
    ...request.config?.configurable,
  }
  return {
    ...request,
    ...(Object.keys(context).length > 0 ? { context } : {}),
    config: { ...made.config, ...request.config, configurable },
    assistantVersion: made.version,
  }
}

/** Returns a client's command without the fields that are null. */
export function commandOf({ resume, update, goto }: z.output<typeof Command>): RunCommand {
  return {
    ...(resume === undefined || resume === null ? {} : { resume }),
    ...(update ? { update } : {}),
    ...(goto ? { goto } : {}),
  }
}

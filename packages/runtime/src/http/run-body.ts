import { z } from 'zod'
import type { ListedAgent } from '../agents/loaded-agent.ts'
import { checkClientContext } from '../runs/client-context.ts'
import { Refusal } from '../runs/refusal.ts'
import type { NamedCheckpoint } from '../runs/require-checkpoint.ts'
import { requireStorable } from '../runs/require-storable.ts'
import { type RunRequest, streamModes } from '../runs/run-request.ts'
import type { NewRun } from '../runs/submit-run.ts'
import { assistantIdOf } from './assistants.ts'
import { checked, Metadata, Name } from './checked-input.ts'
import { Checkpoint, namedCheckpoint } from './named-checkpoint.ts'
import { Ttl, ttlOf } from './thread-ttl.ts'

/** Schema of a checkpoint in LangGraph's `config.configurable`. A run on a thread may name its checkpoint there, but not its namespace. */
const ConfiguredCheckpoint = z.object({
  config: z.object({ configurable: Checkpoint.pick({ checkpoint_id: true }) }),
})

/** Schema of an API field that this server does not support. It is rejected, because ignoring it would break what the client expects. */
const notYet = (what: string) => z.null(`${what} is not supported by this server`).optional()

const Goto = z.union([Name, z.strictObject({ node: Name, input: z.unknown() })])
const Command = z
  .strictObject({
    resume: z.unknown().optional(),
    update: z.union([z.record(Name, z.unknown()), z.array(z.tuple([Name, z.unknown()]))]).nullish(),
    goto: z.union([Goto, z.array(Goto)]).nullish(),
  })
  .refine(
    ({ resume, update, goto }) => isAnswer(resume) || [update ?? {}, goto ?? {}].some(hasContent),
    'is empty: null and absent fields are the same. Send resume, update or goto; or input null without a command, which continues the thread',
  )
const Config = z.strictObject({
  tags: z.array(z.string()).max(100).nullish(),
  recursion_limit: z.int().min(1).nullish(),
  configurable: z.record(z.string(), z.unknown()).nullish(),
})
const Nodes = z.union([z.literal('*'), z.array(Name)])
const Mode = z.enum(streamModes)
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
  /**
   * The field `durability`: `async` is executed as `sync`, which guarantees more. `exit` is rejected, because the run would be lost with its
   * process.
   */
  durability: z.enum(['sync', 'async'], 'this server writes every step: send "sync", or nothing').nullish(),
  checkpoint_during: z.literal(true, 'this server writes every step: send true, or nothing').nullish(),
  webhook: notYet('webhook'),
  feedback_keys: z.array(z.string()).max(0, 'feedback_keys is not supported by this server').nullish(),
  langsmith_tracer: notYet('langsmith_tracer'),
  /** The field `ttl`: TTL of the thread that the run creates. */
  ttl: Ttl,
}

export const ThreadRunBody = z.strictObject({
  ...common,
  checkpoint: Checkpoint.nullish(),
  checkpoint_id: z.string().nullish(),
  multitask_strategy: z.enum(['reject', 'enqueue', 'interrupt', 'rollback']).nullish(),
  if_not_exists: z.enum(['create', 'reject']).nullish(),
  on_completion: notYet('on_completion'),
})
export const StatelessRunBody = z.strictObject({ ...common, on_completion: z.enum(['delete', 'keep']).nullish() })
export type RunBody = z.output<typeof ThreadRunBody> | z.output<typeof StatelessRunBody>

/**
 * Returns the run that the validated body of a request describes.
 *
 * @throws {Refusal} 422 if the client sends context that only the agent's author may set, or a value that no state can hold
 */
export function newRun(agent: ListedAgent, body: RunBody, threadId: string | undefined, runId: string): NewRun {
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
  const ofThread = 'multitask_strategy' in body ? body : undefined
  const createThread = 'if_not_exists' in body && body.if_not_exists === 'create'
  const keepThread = 'on_completion' in body && body.on_completion === 'keep'
  checkTtl(body, threadId === undefined ? keepThread : createThread, threadId)
  const checkpoint = namedCheckpoint({
    checkpoint: 'checkpoint' in body ? body.checkpoint : undefined,
    checkpoint_id: 'checkpoint_id' in body ? { checkpoint_id: body.checkpoint_id } : undefined,
    'config.configurable': configured,
  })
  return {
    runId,
    threadId,
    createThread,
    keepThread,
    ttl: ttlOf(body.ttl),
    graphId: agent.graphId,
    assistantId: assistantIdOf(agent.graphId),
    metadata: body.metadata ?? {},
    multitaskStrategy: ofThread?.multitask_strategy ?? 'reject',
    // Rounded to milliseconds, because PostgreSQL rejects an interval such as 5e-324.
    afterSeconds: Math.round((body.after_seconds ?? 0) * 1_000) / 1_000 || undefined,
    request: { ...requestOf(body, configurable), ...(checkpoint ? { checkpoint: givenFields(checkpoint) } : {}) },
  }
}

/** Splits the client's `config.configurable` into the checkpoint that it names and its other keys. */
function configurableOf(
  body: RunBody,
  threadId: string | undefined,
): { configurable: Record<string, unknown>; configured?: NamedCheckpoint } {
  const sent = body.config?.configurable ?? {}
  if (threadId === undefined) return { configurable: sent }
  const { checkpoint_id, ...configurable } = sent
  const { config } = checked(ConfiguredCheckpoint, { config: { configurable: { checkpoint_id } } })
  return { configurable, configured: config.configurable }
}

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
  const modes = body.stream_mode ?? 'values'
  const { thread_id: _, ...configurable } = sent
  return {
    ...(body.input === undefined ? {} : { input: body.input }),
    ...(body.command ? { command: commandOf(body.command) } : {}),
    ...(body.context ? { context: body.context } : {}),
    config: {
      ...(body.config?.tags ? { tags: body.config.tags } : {}),
      ...(body.config?.recursion_limit ? { recursion_limit: body.config.recursion_limit } : {}),
      configurable,
    },
    streamModes: typeof modes === 'string' ? [modes] : modes,
    streamSubgraphs: body.stream_subgraphs ?? false,
    ...(body.interrupt_before ? { interruptBefore: body.interrupt_before } : {}),
    ...(body.interrupt_after ? { interruptAfter: body.interrupt_after } : {}),
  }
}

function commandOf({ resume, update, goto }: z.output<typeof Command>): RunRequest['command'] {
  return {
    ...(resume === undefined || resume === null ? {} : { resume }),
    ...(update ? { update } : {}),
    ...(goto ? { goto } : {}),
  }
}

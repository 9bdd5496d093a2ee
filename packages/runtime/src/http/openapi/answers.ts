import { z } from 'zod'
import { streamModes } from '../../runs/run-request.ts'
import { runStatuses } from '../../store/queries/run-rows.ts'
import { threadStatuses } from '../../store/queries/thread-rows.ts'

const Id = z.uuid()
const Time = z.iso.datetime({ offset: true })
const Fields = z.record(z.string(), z.unknown())
const Interrupt = z.looseObject({ id: z.string().nullish(), value: z.unknown() })

/** Schema of every answer with an error. */
export const Problem = z
  .looseObject({
    detail: z.string().describe('A sentence for people: what is wrong, and what to do.'),
    code: z.string().optional().describe('Name of the error for programs, if clients handle this error specially.'),
  })
  .meta({ id: 'Problem' })

export const AssistantAnswer = z
  .looseObject({
    assistant_id: Id,
    graph_id: z.string(),
    name: z.string().nullish(),
    description: z.string().nullish(),
    config: Fields,
    context: Fields.nullish(),
    metadata: Fields,
    version: z.int(),
    created_at: Time,
    updated_at: Time,
  })
  .meta({ id: 'Assistant' })

const Graph = { state_schema: Fields.nullish(), input_schema: Fields.nullish(), output_schema: Fields.nullish() }
const Schemas = { ...Graph, config_schema: Fields.nullish(), context_schema: Fields.nullish() }
export const SchemasAnswer = z.looseObject({ graph_id: z.string(), ...Schemas }).meta({ id: 'GraphSchema' })
export const SubgraphsAnswer = z.record(z.string(), z.looseObject(Schemas)).meta({ id: 'Subgraphs' })
export const GraphAnswer = z.looseObject({ nodes: z.array(Fields), edges: z.array(Fields) }).meta({ id: 'Graph' })

export const CheckpointAnswer = z
  .looseObject({
    thread_id: z.string().optional(),
    checkpoint_ns: z.string().optional(),
    checkpoint_id: z.string().nullish(),
    checkpoint_map: Fields.nullish(),
  })
  .meta({ id: 'CheckpointConfig' })

export const ThreadAnswer = z
  .looseObject({
    thread_id: Id,
    created_at: Time,
    updated_at: Time,
    state_updated_at: Time.optional(),
    metadata: Fields,
    status: z.enum(threadStatuses),
    config: Fields.optional(),
    values: z.unknown().optional(),
    interrupts: z.record(z.string(), z.array(Interrupt)).optional(),
    error: z.unknown().optional(),
    ttl: z
      .looseObject({ strategy: z.enum(['delete', 'keep_latest']), ttl_minutes: z.number(), expires_at: Time.nullish() })
      .nullish(),
    extracted: Fields.optional(),
  })
  .meta({ id: 'Thread' })

export const ThreadStateAnswer = z
  .looseObject({
    values: z.unknown(),
    next: z.array(z.string()),
    checkpoint: CheckpointAnswer.nullable(),
    metadata: Fields,
    created_at: z.string().nullable(),
    parent_checkpoint: CheckpointAnswer.nullish(),
    interrupts: z.array(Interrupt).optional(),
    tasks: z.array(
      z.looseObject({
        id: z.string(),
        name: z.string(),
        error: z.string().nullish(),
        interrupts: z.array(Interrupt),
        checkpoint: CheckpointAnswer.nullish(),
        state: z.unknown(),
      }),
    ),
  })
  .meta({ id: 'ThreadState' })

export const RunAnswer = z
  .looseObject({
    run_id: Id,
    thread_id: Id,
    assistant_id: Id,
    created_at: Time,
    updated_at: Time,
    status: z.enum(runStatuses),
    metadata: Fields,
    kwargs: Fields.optional(),
    multitask_strategy: z.enum(['reject', 'rollback', 'interrupt', 'enqueue']),
  })
  .meta({ id: 'Run' })

/** Schema of some fields of an answer, as `select` names them. */
export const selected = (schema: z.ZodObject): z.ZodType => z.array(schema.partial())

export const Values = z.unknown().describe('The values of the graph at the end of the run.')
export const Count = z.int().min(0)

const Counted = z.looseObject({ count: z.int(), bytes: z.int() })
export const StorageAnswer = z
  .looseObject({
    thread_id: Id,
    total_bytes: z.int(),
    checkpoints: Counted,
    channel_values: Counted.extend({
      by_channel: z.record(z.string(), z.looseObject({ versions: z.int(), bytes: z.int() })),
    }),
    pending_writes: Counted,
  })
  .meta({ id: 'ThreadStorage' })

export const ItemAnswer = z
  .looseObject({
    namespace: z.array(z.string()),
    key: z.string(),
    value: Fields,
    created_at: Time,
    updated_at: Time,
    score: z.number().nullish().describe('Only in the result of a semantic search.'),
  })
  .meta({ id: 'Item' })

/** The modes of a run's stream, for its description. */
export const modesSentence = `Modes: ${streamModes.join(', ')}.`

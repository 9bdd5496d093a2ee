import { isObject } from '@hadal/middleware/unknown-value'
import type { NamedCheckpoint } from './require-checkpoint.ts'
import type { RunUser } from './run-user.ts'

/** Stream modes that a client can request. */
export const streamModes = [
  'values',
  'updates',
  'messages',
  'messages-tuple',
  'custom',
  'debug',
  'tasks',
  'checkpoints',
  'events',
  'tools',
] as const
export type StreamMode = (typeof streamModes)[number]

/** A client's command to a graph: the answer to an interrupt, an update of the state, or a jump to nodes. */
export interface RunCommand {
  readonly resume?: unknown
  readonly update?: Readonly<Record<string, unknown>> | readonly (readonly [string, unknown])[] | null
  readonly goto?: Goto | readonly Goto[]
}
export type Goto = string | { readonly node: string; readonly input?: unknown }

/** A validated request for a run. It is stored with the run, and the worker that executes the run reads it. */
export interface RunRequest {
  readonly input?: unknown
  readonly command?: RunCommand
  readonly context?: Readonly<Record<string, unknown>>
  readonly config?: {
    readonly tags?: readonly string[]
    readonly recursion_limit?: number
    readonly metadata?: Readonly<Record<string, unknown>>
    /** Maximum number of tasks of the graph that are executed at the same time. */
    readonly max_concurrency?: number
    /** Name of the run in traces. */
    readonly run_name?: string
    readonly configurable?: Readonly<Record<string, unknown>>
  }
  /** Version of the assistant that a client made, whose settings the request has; undefined for the own assistant of a graph. */
  readonly assistantVersion?: number
  readonly streamModes: readonly StreamMode[]
  readonly streamSubgraphs: boolean
  readonly interruptBefore?: '*' | readonly string[]
  readonly interruptAfter?: '*' | readonly string[]
  /** The checkpoint at which the run begins, if not the thread's newest. */
  readonly checkpoint?: NamedCheckpoint
  /** Project and example of LangSmith in which the run is traced too. */
  readonly langSmithTracer?: { readonly project_name?: string; readonly example_id?: string }
  /** The user who started the run; undefined without sign-in. */
  readonly user?: RunUser
  /** Whether that user has the role `administer`: the run may then change files that users share. */
  readonly administers?: boolean
  /** W3C trace context of the client's request: the parent of the run's spans, in whichever process they are created. */
  readonly traceparent?: string
}

/** Whether a stored value is a RunRequest. A short check is enough, because the request was validated before it was stored. */
export const isRunRequest = (kept: unknown): kept is RunRequest =>
  isObject(kept) && 'streamModes' in kept && Array.isArray(kept.streamModes)

import { isObject } from '@hadal/middleware/unknown-value'
import type { NamedCheckpoint } from './require-checkpoint.ts'

/** The modes in which a run's events can be asked for. */
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
] as const
export type StreamMode = (typeof streamModes)[number]

/** A resume, an update or a jump, as a client sends it. */
export interface RunCommand {
  readonly resume?: unknown
  readonly update?: Readonly<Record<string, unknown>> | readonly (readonly [string, unknown])[] | null
  readonly goto?: Goto | readonly Goto[]
}
export type Goto = string | { readonly node: string; readonly input?: unknown }

/** What a client asked a run for: kept with the run, and read by whichever worker gets it. All of it was checked when it came. */
export interface RunRequest {
  readonly input?: unknown
  readonly command?: RunCommand
  readonly context?: Readonly<Record<string, unknown>>
  readonly config?: {
    readonly tags?: readonly string[]
    readonly recursion_limit?: number
    readonly configurable?: Readonly<Record<string, unknown>>
  }
  readonly streamModes: readonly StreamMode[]
  readonly streamSubgraphs: boolean
  readonly interruptBefore?: '*' | readonly string[]
  readonly interruptAfter?: '*' | readonly string[]
  /** The checkpoint at which the run begins, if not the thread's newest. */
  readonly checkpoint?: NamedCheckpoint
  /** Of the request that asked for it, as W3C Trace Context writes it: the run's spans hang below it, in whichever process they are made. */
  readonly traceparent?: string
}

/** Whether what is kept with a run is a request of this form: it was checked in full when it came. */
export const isRunRequest = (kept: unknown): kept is RunRequest =>
  isObject(kept) && 'streamModes' in kept && Array.isArray(kept.streamModes)

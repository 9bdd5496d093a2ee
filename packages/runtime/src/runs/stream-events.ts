import { isObject } from '@hadal/middleware/unknown-value'
import { AIMessageChunk, type BaseMessage, BaseMessageChunk, isBaseMessage } from '@langchain/core/messages'
import { concat } from '@langchain/core/utils/stream'
import type { RunError } from './resting-thread.ts'
import type { StreamMode } from './run-request.ts'
import { checkpointOf, type SnapshotConfig } from './thread-state.ts'

/** An event of a run, as clients receive it. */
export interface StreamEvent {
  readonly event: string
  readonly data: unknown
}

/** LangGraph's stream modes that provide the modes which a client requested. */
export function graphStreamModes(modes: readonly StreamMode[]): string[] {
  const wanted = new Set<string>()
  for (const mode of modes) {
    if (mode === 'messages' || mode === 'messages-tuple') wanted.add('messages')
    else if (mode !== 'events') wanted.add(mode)
    // Complete messages are read from the state.
    if (mode === 'messages') wanted.add('values')
  }
  return wanted.size > 0 ? [...wanted] : ['values']
}

/** One chunk of a graph's stream. */
export interface GraphChunk {
  /** Namespace of the graph that streamed the chunk: empty for the root graph. */
  readonly namespace: readonly unknown[]
  readonly mode: unknown
  readonly payload: unknown
}

/** Parses a chunk of a graph's stream. @param chunk `[mode, payload]`, or with subgraphs `[namespace, mode, payload]` */
export function graphChunk(chunk: unknown, subgraphs: boolean): GraphChunk | undefined {
  if (!Array.isArray(chunk)) return undefined
  const [namespace, mode, payload]: unknown[] = subgraphs ? chunk : [[], ...chunk]
  return { namespace: Array.isArray(namespace) ? namespace : [], mode, payload }
}

/** Converts the chunks of a graph's stream to events of the LangGraph API. Each attempt has its own instance, because it remembers messages. */
export class StreamEvents {
  readonly #modes: ReadonlySet<StreamMode>
  readonly #partial = new Map<string, BaseMessage>()
  readonly #complete = new Set<string>()
  /** Event name and metadata with which the parts of each message were streamed, by message id. */
  readonly #tuples = new Map<string, { readonly event: string; readonly metadata: unknown }>()
  readonly #void = new Set<string>()
  readonly #errorOf: (error: unknown) => RunError

  /** @param errorOf converts an error of a tool to the error that clients get */
  constructor(modes: readonly StreamMode[], errorOf: (error: unknown) => RunError) {
    this.#modes = new Set(modes)
    this.#errorOf = errorOf
  }

  of({ namespace, mode, payload }: GraphChunk): StreamEvent[] {
    // The namespace is part of a line of the stream, and the name of a node may contain line breaks, which would end the line.
    const suffix = namespace.length > 0 ? `|${namespace.join('|').replaceAll(/[\r\n]+/g, ' ')}` : ''
    if (mode === 'messages') return this.#messageEvents(payload, suffix)
    const events: StreamEvent[] = []
    if (mode === 'values' && this.#modes.has('messages') && suffix === '') events.push(...this.#completed(payload))
    if (this.#isAsked(mode)) events.push({ event: `${mode}${suffix}`, data: this.#dataOf(mode, payload) })
    return events
  }

  #dataOf(mode: StreamMode, payload: unknown): unknown {
    // The text of a tool's error may have secrets.
    if (mode === 'tools' && isObject(payload) && 'error' in payload)
      return { ...payload, error: this.#errorOf(payload.error) }
    return withoutConfig(mode, payload)
  }

  #isAsked(mode: unknown): mode is StreamMode {
    return [...this.#modes].some((asked) => asked === mode)
  }

  #messageEvents(payload: unknown, suffix: string): StreamEvent[] {
    const events: StreamEvent[] = []
    const part: unknown = Array.isArray(payload) ? payload[0] : undefined
    const id = isBaseMessage(part) ? part.id : undefined
    if (id && this.#void.has(id)) return []
    if (this.#modes.has('messages-tuple')) {
      const event = `messages${suffix}`
      if (id) this.#tuples.set(id, { event, metadata: Array.isArray(payload) ? payload[1] : undefined })
      events.push({ event, data: payload })
    }
    if (!this.#modes.has('messages') || !Array.isArray(payload)) return events
    const [message, metadata]: unknown[] = payload
    if (!isBaseMessage(message) || !message.id) return events
    if (!(message instanceof BaseMessageChunk)) return [...events, ...this.#completed({ messages: [message] })]
    const before = this.#partial.get(message.id)
    if (!before) events.push({ event: 'messages/metadata', data: { [message.id]: { metadata } } })
    const now =
      before instanceof AIMessageChunk && message instanceof AIMessageChunk ? concat(before, message) : message
    this.#partial.set(message.id, now)
    events.push({ event: 'messages/partial', data: [now] })
    return events
  }

  /**
   * Returns the events that withdraw the streamed parts of a message: a `remove` message, which the SDK's message assembly understands. In the mode
   * `messages` it replaces the partial message. Later parts of the message are dropped.
   */
  voided(id: string): StreamEvent[] {
    const streamed = this.#tuples.get(id)
    this.#tuples.delete(id)
    this.#void.add(id)
    const removed = { type: 'remove', id, content: '' }
    const events: StreamEvent[] = streamed ? [{ event: streamed.event, data: [removed, streamed.metadata] }] : []
    if (this.#partial.delete(id)) events.push({ event: 'messages/partial', data: [removed] })
    return events
  }

  #completed(values: unknown): StreamEvent[] {
    const messages = isObject(values) && Array.isArray(values.messages) ? values.messages : []
    const whole = messages.filter((message): message is BaseMessage => isBaseMessage(message))
    const fresh = whole.filter(({ id }) => id && !this.#complete.has(id))
    for (const { id } of fresh) {
      if (!id) continue
      this.#complete.add(id)
      this.#partial.delete(id)
    }
    return fresh.length > 0 ? [{ event: 'messages/complete', data: fresh }] : []
  }
}

/** Converts the payload of a graph's stream to the API's format: checkpoints are identified by their ids instead of LangGraph's configuration. */
function withoutConfig(mode: unknown, payload: unknown): unknown {
  if (!isObject(payload)) return payload
  if (mode === 'debug') return { ...payload, payload: withoutConfig('checkpoints', payload.payload) }
  if (mode !== 'checkpoints' || !('config' in payload)) return payload
  const { config, parentConfig, tasks, ...rest } = payload
  return {
    ...rest,
    checkpoint: checkpointOf(asConfig(config)),
    parent_checkpoint: checkpointOf(asConfig(parentConfig)),
    tasks: Array.isArray(tasks) ? tasks.map(taskWithoutConfig) : [],
  }
}

/** Returns a chunk of a graph's stream without LangGraph's configuration, which has the credentials of the run. */
export function chunkWithoutConfig(chunk: unknown, subgraphs: boolean): unknown {
  const parsed = graphChunk(chunk, subgraphs)
  return parsed && Array.isArray(chunk) ? [...chunk.slice(0, -1), withoutConfig(parsed.mode, parsed.payload)] : chunk
}

const asConfig = (value: unknown): SnapshotConfig | undefined => (isObject(value) ? value : undefined)

function taskWithoutConfig(task: unknown): unknown {
  if (!isObject(task)) return task
  const { state, ...rest } = task
  const checkpoint = checkpointOf(asConfig(state))
  return checkpoint ? { ...rest, checkpoint } : rest
}

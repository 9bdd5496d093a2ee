import { isObject } from '@hadal/middleware/unknown-value'
import type { RunnableGraph } from '../agents/loaded-agent.ts'

/** Names of the graph's channels that LangGraph does not save, such as `structuredResponse` of an agent with a response format. */
export function untrackedChannels(graph: RunnableGraph): readonly string[] {
  const channels: unknown = Reflect.get(graph, 'channels')
  if (!isObject(channels)) return []
  return Object.keys(channels).filter((name) => {
    const channel = channels[name]
    return isObject(channel) && channel.lc_graph_name === 'UntrackedValue'
  })
}

/** The last values that a run's graph streamed, and the values of its untracked channels, which `updates` events show first. */
export class RunValues {
  readonly #channels: readonly string[]
  readonly #untracked: Map<string, unknown>
  #last: Record<string, unknown> | undefined

  /**
   * @param channels names of the graph's untracked channels
   * @param restored values of these channels at the checkpoint from which this attempt continues: the graph itself has lost them
   */
  constructor(channels: readonly string[], restored: Readonly<Record<string, unknown>> = {}) {
    this.#channels = channels
    this.#untracked = new Map(Object.entries(restored))
  }

  /** Returns a `values` payload of a graph's stream, completed with the untracked values that it lacks. Other payloads are returned unchanged. */
  completed(mode: unknown, payload: unknown): unknown {
    if (mode !== 'values' || !isObject(payload) || '__interrupt__' in payload) return payload
    const missing = Object.entries(this.untracked ?? {}).filter(([channel]) => !Object.hasOwn(payload, channel))
    return missing.length > 0 ? { ...payload, ...Object.fromEntries(missing) } : payload
  }

  /** Records the values in a chunk of the root graph's stream. */
  hear(mode: unknown, payload: unknown): void {
    if (!isObject(payload)) return
    // An interrupt is a separate `values` chunk without the state.
    if (mode === 'values' && !('__interrupt__' in payload)) this.#last = payload
    if (mode === 'updates') for (const update of Object.values(payload).flat()) this.#note(update)
  }

  #note(update: unknown): void {
    if (!isObject(update)) return
    for (const channel of this.#channels) {
      if (Object.hasOwn(update, channel)) this.#untracked.set(channel, update[channel])
    }
  }

  /** Values of untracked channels; undefined if no channel has a value. */
  get untracked(): Record<string, unknown> | undefined {
    const set = [...this.#untracked].filter(([, value]) => value !== undefined && value !== null)
    return set.length > 0 ? Object.fromEntries(set) : undefined
  }

  /** Payload of the last `values` chunk; undefined if there was none. */
  get last(): Record<string, unknown> | undefined {
    return this.#last
  }
}

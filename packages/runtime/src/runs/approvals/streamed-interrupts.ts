import { setTimeout as pause } from 'node:timers/promises'
import { isObject } from '@hadal/middleware/unknown-value'
import type { RunnableGraph } from '../../agents/loaded-agent.ts'
import type { TaskWrites } from '../../store/leased-saver.ts'
import type { GraphChunk } from '../stream-events.ts'
import { shownApproval } from './shown-approval.ts'
import { ownInterrupts, type PendingInterrupt, shownInterrupts, waitingCalls } from './shown-interrupts.ts'

/**
 * How long a stream waits for further calls after a call has asked for an approval, in milliseconds. Calls of one turn ask within a few milliseconds,
 * and clients then get one interrupt for them instead of one after another.
 */
const asksTogetherMs = 60

const interruptKey = '__interrupt__'

interface AskedTask {
  readonly path: string
  readonly interrupts: readonly PendingInterrupt[]
}

const pushed = '~__pregel_push'
const pulled = '~__pregel_pull, '

/**
 * Replaces the interrupts in the chunks of a run's stream by those that clients see. All calls that wait for an approval are one interrupt, which a new
 * chunk replaces when a parallel call asks later. Each attempt at a run has its own instance.
 */
export class StreamedInterrupts {
  /** Names of the root graph's nodes, in the order in which a state lists their tasks. */
  readonly #nodes: readonly string[]
  readonly #asked = new Map<string, AskedTask>()
  /** Id of the shown interrupt in the newest chunk of each mode. */
  readonly #newest = new Map<unknown, string>()

  constructor(graph: RunnableGraph) {
    const nodes: unknown = Reflect.get(graph, 'nodes')
    this.#nodes = isObject(nodes) ? Object.keys(nodes) : []
  }

  /** Records the interrupts that a task of the root graph has written. It must be called before the chunk of the interrupts is read. */
  onWrites({ namespace, taskId, path, writes }: TaskWrites): void {
    if (namespace !== '') return
    const interrupts = writes.flatMap(([channel, value]) => (channel === interruptKey ? listOf(value) : []))
    if (interrupts.length > 0) this.#asked.set(taskId, { path, interrupts })
    else this.#asked.delete(taskId)
  }

  /** Converts a chunk of the graph's stream. Returns no chunk if it has nothing for clients, and several if it also resets what clients show. */
  async of(chunk: GraphChunk): Promise<readonly GraphChunk[]> {
    const { namespace, mode, payload } = chunk
    if (!isObject(payload)) return [chunk]
    const isRoot = namespace.length === 0
    if (mode === 'updates' || mode === 'values')
      return isRoot ? this.#ofInterrupts(chunk, payload) : ofSubgraphsInterrupts(chunk, payload)
    const ofTasks = (tasks: Readonly<Record<string, unknown>>): unknown =>
      isRoot ? this.#ofTasks(tasks) : withOwnInterrupts(tasks)
    if (mode === 'tasks' || mode === 'checkpoints') return [{ ...chunk, payload: ofTasks(payload) }]
    if (mode === 'debug' && isObject(payload.payload))
      return [{ ...chunk, payload: { ...payload, payload: ofTasks(payload.payload) } }]
    return [chunk]
  }

  async #ofInterrupts(chunk: GraphChunk, payload: Readonly<Record<string, unknown>>): Promise<readonly GraphChunk[]> {
    const interrupts = interruptsIn(payload)
    if (!interrupts || interrupts.length === 0) return [chunk]
    const own = ownInterrupts(interrupts)
    const withList = (list: readonly unknown[]): GraphChunk => ({
      ...chunk,
      payload: { ...payload, [interruptKey]: list },
    })
    if (own.length === interrupts.length) return [withList(own)]
    const { mode } = chunk
    if (this.#shown()?.id !== this.#newest.get(mode)) await pause(asksTogetherMs)
    const shown = this.#shown()
    const before = this.#newest.get(mode)
    if (!shown?.id || shown.id === before) return own.length > 0 ? [withList(own)] : []
    this.#newest.set(mode, shown.id)
    if (before === undefined || mode !== 'values') return [withList([...own, shown])]
    // The official client adds the interrupts of each `values` event to those before it, and forgets them at an empty list.
    return [withList([]), withList([...this.#ownOfAll(), shown])]
  }

  /** The payload of a chunk of the mode `tasks` or `checkpoints`, with the interrupts that clients see. */
  #ofTasks(payload: Readonly<Record<string, unknown>>): unknown {
    if (Array.isArray(payload.tasks)) return { ...payload, tasks: shownTasks(payload.tasks) }
    if (!Array.isArray(payload.interrupts)) return payload
    const interrupts = listOf(payload.interrupts)
    const own = ownInterrupts(interrupts)
    const shown = own.length < interrupts.length ? this.#shown() : undefined
    return { ...payload, interrupts: shown ? [...own, shown] : own }
  }

  /** The interrupt that shows all calls that have asked so far. */
  #shown(): PendingInterrupt | undefined {
    return shownApproval(
      waitingCalls(Object.fromEntries(this.#inOrder().map(([id, { interrupts }]) => [id, interrupts]))),
    )
  }

  #ownOfAll(): PendingInterrupt[] {
    return this.#inOrder().flatMap(([, { interrupts }]) => ownInterrupts(interrupts))
  }

  /** Tasks with interrupts in the order in which a state lists them: those that were sent to a node, then those of the nodes. */
  #inOrder(): [string, AskedTask][] {
    const rank = ({ path }: AskedTask): number =>
      path.startsWith(pushed) ? -1 : this.#nodes.indexOf(path.slice(pulled.length))
    return [...this.#asked].toSorted(
      ([, a], [, b]) => rank(a) - rank(b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
    )
  }
}

const isInterrupt = (value: unknown): value is PendingInterrupt => isObject(value) && !Array.isArray(value)
const listOf = (value: unknown): PendingInterrupt[] => (Array.isArray(value) ? value.filter(isInterrupt) : [])

const interruptsIn = (payload: Readonly<Record<string, unknown>>): PendingInterrupt[] | undefined =>
  Array.isArray(payload[interruptKey]) ? listOf(payload[interruptKey]) : undefined

/** A chunk of a subgraph with interrupts. The calls in it that wait for an approval are shown by the root graph's chunks. */
function ofSubgraphsInterrupts(chunk: GraphChunk, payload: Readonly<Record<string, unknown>>): readonly GraphChunk[] {
  const interrupts = interruptsIn(payload)
  if (!interrupts || interrupts.length === 0) return [chunk]
  const own = ownInterrupts(interrupts)
  return own.length > 0 ? [{ ...chunk, payload: { ...payload, [interruptKey]: own } }] : []
}

/** A payload with interrupts or tasks, without the calls that wait for an approval. */
const withOwnInterrupts = (payload: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  ...payload,
  ...(Array.isArray(payload.interrupts) ? { interrupts: ownInterrupts(listOf(payload.interrupts)) } : {}),
  ...(Array.isArray(payload.tasks)
    ? { tasks: payload.tasks.map((task: unknown) => (isObject(task) ? withOwnInterrupts(task) : task)) }
    : {}),
})

/** The tasks of a checkpoint, in the format of LangGraph's stream, with the interrupts that clients see. */
function shownTasks(tasks: readonly unknown[]): unknown[] {
  const asking = tasks.map((task, index) => {
    const { id, interrupts, result } = isObject(task) ? task : {}
    return { id: typeof id === 'string' ? id : String(index), interrupts: listOf(interrupts), waits: !result }
  })
  const shown = shownInterrupts(asking)
  return tasks.map((task, index) =>
    isObject(task) ? { ...task, interrupts: shown.get(asking[index]?.id ?? '') ?? [] } : task,
  )
}

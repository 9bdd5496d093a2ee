/** A checkpoint of a thread, as far as the decision about its removal needs it. */
export interface PlannedCheckpoint {
  /** LangGraph's checkpoint namespace: empty for the root graph. */
  readonly namespace: string
  readonly id: string
  /** Id of the checkpoint before it in the same namespace; null for the first one. */
  readonly parent: string | null
  /** Origin of the checkpoint in LangGraph's metadata: `input` for the start of a turn, `update` or `fork` for a change by a client. */
  readonly source: string | null
  /** Checkpoint ids of the graphs that enclose this one, by namespace. */
  readonly enclosing: Readonly<Record<string, unknown>>
  /** Whether the graph has a channel whose value LangGraph rebuilds from all earlier checkpoints (DeltaChannel). */
  readonly needsAncestors: boolean
}

/** Key of a checkpoint within its thread. */
export const keyOf = ({ namespace, id }: Pick<PlannedCheckpoint, 'namespace' | 'id'>): string => `${namespace}\n${id}`

/** Nearest graph that encloses a subgraph's checkpoint; undefined if its metadata names none. */
function enclosingKey({ namespace, enclosing }: PlannedCheckpoint): string | undefined {
  const [nearest] = Object.keys(enclosing)
    .filter((outer) => outer.length < namespace.length)
    .sort((a, b) => b.length - a.length)
  const id = nearest === undefined ? undefined : enclosing[nearest]
  return nearest === undefined || typeof id !== 'string' ? undefined : keyOf({ namespace: nearest, id })
}

/** Whether a subgraph keeps its state from turn to turn: the namespace of any other one contains the id of a task. */
const keepsState = (namespace: string): boolean => !namespace.includes(':')

/**
 * Returns the keys of the checkpoints that keep-latest leaves in a thread:
 *
 * - of the root graph, the newest checkpoint of each branch, and each checkpoint at which branches part;
 * - the first checkpoint of each of the last turns (which holds its input), and the checkpoint that the turn began from;
 * - the checkpoint that a client changed, if the changed one stays: LangGraph reads it when a run starts from the changed one;
 * - of a subgraph, the newest checkpoints within an enclosing checkpoint that stays;
 * - of a subgraph that keeps its state, the newest, and the one before each checkpoint that stays, with which a run from there continues;
 * - all earlier checkpoints of a graph whose values are rebuilt from them.
 *
 * @param checkpoints all checkpoints of a thread, oldest first
 * @param keepTurns number of last turns
 */
export function checkpointsToKeep(checkpoints: readonly PlannedCheckpoint[], keepTurns: number): ReadonlySet<string> {
  const keep = new Set<string>()
  const byNamespace = Map.groupBy(checkpoints, ({ namespace }) => namespace)
  // The namespace of an enclosing graph is shorter, so it is decided first.
  for (const namespace of [...byNamespace.keys()].sort((a, b) => a.length - b.length)) {
    const own = byNamespace.get(namespace) ?? []
    const children = new Map<string, number>()
    for (const { parent } of own) if (parent !== null) children.set(parent, (children.get(parent) ?? 0) + 1)
    const newest = own.filter(({ id }) => !children.has(id))
    if (namespace === '') {
      for (const checkpoint of own) if ((children.get(checkpoint.id) ?? 0) > 1) keep.add(keyOf(checkpoint))
      for (const checkpoint of newest) keep.add(keyOf(checkpoint))
      addLastTurns(keep, own, keepTurns)
    } else {
      for (const checkpoint of newest) {
        const outer = enclosingKey(checkpoint)
        if (outer === undefined || keep.has(outer)) keep.add(keyOf(checkpoint))
      }
    }
    addAncestors(keep, own)
    if (namespace === '') addStates(keep, checkpoints)
  }
  return keep
}

/** Adds the states of subgraphs that keep them: the newest of each, and those with which a run from a kept checkpoint of the root graph continues. */
function addStates(keep: Set<string>, checkpoints: readonly PlannedCheckpoint[]): void {
  const states = new Map<string, string>()
  for (const checkpoint of checkpoints) {
    const key = keyOf(checkpoint)
    if (checkpoint.namespace === '' && keep.has(key)) for (const state of states.values()) keep.add(state)
    else if (checkpoint.namespace !== '' && keepsState(checkpoint.namespace)) states.set(checkpoint.namespace, key)
  }
  for (const state of states.values()) keep.add(state)
}

function addLastTurns(keep: Set<string>, own: readonly PlannedCheckpoint[], keepTurns: number): void {
  const starts = own.filter(({ source }) => source === 'input')
  for (const start of keepTurns > 0 ? starts.slice(-keepTurns) : []) {
    keep.add(keyOf(start))
    if (start.parent !== null) keep.add(keyOf({ namespace: start.namespace, id: start.parent }))
  }
}

function addAncestors(keep: Set<string>, own: readonly PlannedCheckpoint[]): void {
  // Newest first, so that a kept parent brings its own parent.
  for (const { namespace, id, parent, source, needsAncestors } of own.toReversed()) {
    const needsParent = needsAncestors || source === 'update' || source === 'fork'
    if (needsParent && parent !== null && keep.has(keyOf({ namespace, id }))) keep.add(keyOf({ namespace, id: parent }))
  }
}

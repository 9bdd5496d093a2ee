import { DeclaredClasses } from '../store/serde/declared-classes.ts'
import type { StateClass } from '../store/serde/state-classes.ts'
import { StateSerializer } from '../store/serde/state-serializer.ts'

const declared = new WeakMap<object, readonly StateClass[]>()

/**
 * Keeps the classes whose instances an agent's state may hold.
 *
 * @param graphs the agent and the graph in it: the server asks by either
 * @throws Error for a class without a name, or two of one name
 */
export function declareStateClasses(graphs: readonly object[], classes: readonly StateClass[]): void {
  new DeclaredClasses(classes)
  for (const graph of graphs) declared.set(graph, classes)
}

/** What writes and reads the state of a graph's threads. */
export const agentSerializer = (
  { graph }: { readonly graph: object },
  { onUnknownClass }: { readonly onUnknownClass?: () => void },
): StateSerializer => new StateSerializer({ classes: declared.get(graph), onUnknownClass })

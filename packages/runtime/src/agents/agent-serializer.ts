import { DeclaredClasses } from '../store/serde/declared-classes.ts'
import type { StateClass } from '../store/serde/state-classes.ts'
import { StateSerializer } from '../store/serde/state-serializer.ts'

const declared = new WeakMap<object, readonly StateClass[]>()

/**
 * Registers the classes whose instances an agent's state may contain.
 *
 * @param graphs the agent and its compiled graph, because the server may look up the classes by either
 * @throws Error for a class without a name, or for two classes of the same name
 */
export function declareStateClasses(graphs: readonly object[], classes: readonly StateClass[]): void {
  new DeclaredClasses(classes)
  for (const graph of graphs) declared.set(graph, classes)
}

/** Creates the serializer for the state of a graph's threads. */
export const agentSerializer = (
  { graph }: { readonly graph: object },
  { onUnknownClass }: { readonly onUnknownClass?: () => void },
): StateSerializer => new StateSerializer({ classes: declared.get(graph), onUnknownClass })

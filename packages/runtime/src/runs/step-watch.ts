import type { SaverWrite } from '../store/leased-saver.ts'

/**
 * Creates a function that returns whether a write is a checkpoint after a node of the graph. The checkpoint of an input does not count, and neither
 * does the next one, which LangGraph writes for its own node `__start__`. Each namespace has its own input, for example that of a subgraph.
 */
export function stepWatch(): (write: SaverWrite) => boolean {
  const inputSteps = new Map<string, number>()
  return ({ metadata, namespace }) => {
    if (metadata?.source === 'input') inputSteps.set(namespace, metadata.step)
    if (metadata?.source !== 'loop') return false
    const inputStep = inputSteps.get(namespace)
    return inputStep === undefined || metadata.step > inputStep + 1
  }
}

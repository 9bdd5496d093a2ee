import type { SaverWrite } from '../store/leased-saver.ts'

/**
 * Makes a function that says whether a write is a checkpoint after a node of the graph. The checkpoint of an input is not, nor the one after
 * it, which LangGraph writes for its own node `__start__`. Each namespace, a subgraph's, has an input of its own.
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

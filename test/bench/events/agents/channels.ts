import { Annotation, StateGraph } from '@langchain/langgraph'
import { prose } from '../prose.ts'

/** Number of characters that each of the channels `a` to `d` has from the first step on. They do not change afterwards. */
const unchanged = 250_000
/** Number of characters that each step writes into the channel `changing`. */
const changed = 1_000

const State = Annotation.Root({
  a: Annotation<string>,
  b: Annotation<string>,
  c: Annotation<string>,
  d: Annotation<string>,
  changing: Annotation<string>,
  /** Number of executed steps, and of the steps to execute. */
  step: Annotation<number>,
  steps: Annotation<number>,
})

/** The first step writes 1 MB into four channels, and each step 1 KB into a fifth one. */
export const graph = new StateGraph(State)
  .addNode('write', ({ step = 0 }) => ({
    step: step + 1,
    changing: prose(changed),
    ...(step === 0 ? { a: prose(unchanged), b: prose(unchanged), c: prose(unchanged), d: prose(unchanged) } : {}),
  }))
  .addEdge('__start__', 'write')
  .addConditionalEdges('write', ({ step, steps }) => (step < steps ? 'write' : '__end__'))
  .compile()

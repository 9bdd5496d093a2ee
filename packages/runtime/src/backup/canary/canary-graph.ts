import { createHash } from 'node:crypto'
import { Annotation, END, START, StateGraph } from '@langchain/langgraph'

/** State of the canary's graph. */
const State = Annotation.Root({
  /** A random text, new with each backup. */
  word: Annotation<string>(),
  /** Names of the executed steps. A step that is executed again appears twice. */
  steps: Annotation<string[]>({ reducer: (before, after) => [...before, ...after], default: () => [] }),
  /** Result of the last step. */
  proof: Annotation<string>(),
})

/** What the canary's last step returns for its word: a run that could not read the word can't return it. */
export const proofOf = (word: string): string => createHash('sha256').update(word).digest('hex')

/** Steps of the canary's graph in their order. The backup executes the first one, the drill the other. */
export const canarySteps = ['before the backup', 'after the restore'] as const

const [before, after] = canarySteps

/**
 * Returns the graph of the canary, which calls no model and no tool.
 *
 * @param executesFirst whether the process may execute the first step. In a drill, its execution means that the restored run lost its state
 */
export const createCanaryGraph = ({ executesFirst }: { readonly executesFirst: boolean }) =>
  new StateGraph(State)
    .addNode(before, () => {
      if (!executesFirst) throw new Error('The first step began again, so the state of the run is lost.')
      return { steps: [before] }
    })
    .addNode(after, ({ word }) => ({ steps: [after], proof: proofOf(word) }))
    .addEdge(START, before)
    .addEdge(before, after)
    .addEdge(after, END)
    .compile()

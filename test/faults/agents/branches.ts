import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Annotation, type LangGraphRunnableConfig, StateGraph } from '@langchain/langgraph'
import { leaveEffect } from './effect.ts'

const State = Annotation.Root({
  file: Annotation<string>,
  gate: Annotation<string>,
  done: Annotation<number[]>({ reducer: (before, more) => [...before, ...more], default: () => [] }),
})

type Work = (state: typeof State.State, config: LangGraphRunnableConfig) => Promise<Partial<typeof State.State>>

/** Branch 1 of a superstep with two branches. It ends at once, so its writes are stored while branch 2 still waits for the gate file. */
const quick: Work = async ({ file }, config) => {
  leaveEffect(file, 1, config)
  return { done: [1] }
}
const slow: Work = async ({ file, gate }, config) => {
  leaveEffect(file, 2, config)
  while (gate && !existsSync(gate) && !config.signal?.aborted) await pause(20)
  return { done: [2] }
}
const last: Work = async ({ file }, config) => {
  leaveEffect(file, 3, config)
  return { done: [3] }
}

/** A graph with two branches in one superstep, and a step after them. */
export const graph = new StateGraph(State)
  .addNode('quick', quick)
  .addNode('slow', slow)
  .addNode('last', last)
  .addEdge('__start__', 'quick')
  .addEdge('__start__', 'slow')
  .addEdge(['quick', 'slow'], 'last')
  .addEdge('last', '__end__')
  .compile()

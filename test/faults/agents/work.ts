import { existsSync } from 'node:fs'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { Annotation, type LangGraphRunnableConfig, StateGraph } from '@langchain/langgraph'
import { leaveEffect } from './effect.ts'

/** Fault that a step of the test graph causes in its process, after it has recorded its execution. */
export interface StepFault {
  readonly step: number
  readonly kind: 'exit' | 'reject' | 'block'
  /** The fault happens only in attempts whose number is below this one. Default: in every attempt. */
  readonly attemptsBelow?: number
  /** How long the fault `block` blocks the event loop, in milliseconds. */
  readonly blockMs?: number
}

const State = Annotation.Root({
  /** File to which each execution of a step appends one effect. */
  file: Annotation<string>,
  /** Number of steps of the test graph. */
  steps: Annotation<number>,
  /** Duration of each step of the test graph, in milliseconds. */
  pauseMs: Annotation<number>,
  /** Number of the step that waits until the file with the path `gate` exists. */
  gateAt: Annotation<number>,
  gate: Annotation<string>,
  fault: Annotation<StepFault>,
  /** Number of custom events that each step of the test graph streams, and the length of each. */
  chunks: Annotation<number>,
  chunkCharacters: Annotation<number>,
  done: Annotation<number[]>({ reducer: (before, more) => [...before, ...more], default: () => [] }),
})

/** State of the test graph. A later run on the same thread continues the count of steps. */
async function step(state: typeof State.State, config: LangGraphRunnableConfig): Promise<Partial<typeof State.State>> {
  const number = state.done.length + 1
  const { attempt } = leaveEffect(state.file, number, config)
  const { fault } = state
  if (fault?.step === number && attempt < (fault.attemptsBelow ?? Number.POSITIVE_INFINITY)) happen(fault)
  for (let chunk = 0; chunk < (state.chunks ?? 0); chunk += 1) {
    config.writer?.('x'.repeat(state.chunkCharacters))
    // Lets the other runs of the process continue.
    await pause(1)
  }
  while (state.gateAt === number && !existsSync(state.gate) && !config.signal?.aborted) await pause(20)
  await pause(state.pauseMs ?? 0)
  return { done: [number] }
}

function happen({ kind, blockMs = 0 }: StepFault): void {
  if (kind === 'exit') process.exit(13)
  if (kind === 'reject') void Promise.reject(new Error('nothing awaits this promise'))
  if (kind === 'block') for (const end = Date.now() + blockMs; Date.now() < end; );
}

export const graph = new StateGraph(State)
  .addNode('step', step)
  .addEdge('__start__', 'step')
  .addConditionalEdges('step', ({ done, steps }) => (done.length < (steps ?? 1) ? 'step' : '__end__'))
  .compile()

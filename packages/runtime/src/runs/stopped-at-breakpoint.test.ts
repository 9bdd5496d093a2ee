import { MemorySaver } from '@langchain/langgraph'
import { beforeEach, expect, test } from 'vitest'
import { graph } from '../fixtures/agents/steps.ts'
import type { RunRequest } from './run-request.ts'
import { stoppedAtBreakpoint } from './stopped-at-breakpoint.ts'

const agent = { graphId: 'steps', graph }
let saver: MemorySaver
let thread: { configurable: Record<string, unknown> }

/** A thread after the first of three steps, in the state that a process leaves if it dies before it checks its breakpoints. */
beforeEach(async () => {
  saver = new MemorySaver()
  thread = { configurable: { thread_id: 'one', __pregel_checkpointer: saver } }
  await graph.invoke({ steps: 3 }, { ...thread, interruptAfter: ['step'] })
})

async function stopped(breakpoints: Pick<RunRequest, 'interruptBefore' | 'interruptAfter'>): Promise<boolean> {
  const request: RunRequest = { streamModes: ['values'], streamSubgraphs: false, ...breakpoints }
  return (await stoppedAtBreakpoint(agent, saver, request, thread)) !== undefined
}

test.each([
  ['before the next node', { interruptBefore: ['step'] }],
  ['before every node', { interruptBefore: '*' as const }],
  ['after the node that ran last', { interruptAfter: ['step'] }],
  ['after every node', { interruptAfter: '*' as const }],
])('a run that a new attempt continues is stopped at a breakpoint %s', async (_where, breakpoints) => {
  expect(await stopped(breakpoints)).toBe(true)
})

test.each([
  ['none', {}],
  ['before another node', { interruptBefore: ['other'] }],
  ['after another node', { interruptAfter: ['other'] }],
])('a run that a new attempt continues is not stopped with breakpoints: %s', async (_where, breakpoints) => {
  expect(await stopped(breakpoints)).toBe(false)
})

test('a finished run is not stopped at a breakpoint', async () => {
  await graph.invoke(null, thread)
  expect(await stopped({ interruptBefore: '*', interruptAfter: '*' })).toBe(false)
})

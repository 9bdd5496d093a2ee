import type { StateSnapshot } from '@langchain/langgraph'
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import type { LoadedAgent } from '../agents/loaded-agent.ts'
import type { RunRequest } from './run-request.ts'

interface ThreadConfig {
  readonly configurable: Readonly<Record<string, unknown>>
}

const meets = (breakpoints: '*' | readonly string[] | undefined, nodes: readonly string[]): boolean =>
  breakpoints !== undefined && nodes.some((node) => breakpoints === '*' || breakpoints.includes(node))

/**
 * Returns the state of a run that is already at one of its breakpoints when a new attempt continues it; undefined if it is at none. LangGraph passes a breakpoint when a graph
 * is continued. If a process died between a step and its breakpoint, the new attempt would therefore skip the breakpoint.
 */
export async function stoppedAtBreakpoint(
  agent: LoadedAgent,
  saver: BaseCheckpointSaver,
  request: RunRequest,
  thread: ThreadConfig,
): Promise<StateSnapshot | undefined> {
  if (!request.interruptBefore && !request.interruptAfter) return undefined
  const snapshot = await agent.graph.getState(thread)
  const { next } = snapshot
  if (next.length === 0) return undefined
  if (meets(request.interruptBefore, next)) return snapshot
  if (request.interruptAfter === undefined) return undefined
  return meets(request.interruptAfter, await nodesOfLastStep(saver, thread)) ? snapshot : undefined
}

/** Returns the names of the nodes of the thread's last step: those whose seen versions differ between the newest checkpoint and its parent. */
async function nodesOfLastStep(saver: BaseCheckpointSaver, thread: ThreadConfig): Promise<string[]> {
  const newest = await saver.getTuple({ configurable: { ...thread.configurable, checkpoint_ns: '' } })
  if (!newest?.parentConfig) return []
  const before = await saver.getTuple(newest.parentConfig)
  const seenBefore = before?.checkpoint.versions_seen ?? {}
  return Object.entries(newest.checkpoint.versions_seen)
    .filter(([node, seen]) => !node.startsWith('__') && JSON.stringify(seen) !== JSON.stringify(seenBefore[node]))
    .map(([node]) => node)
}

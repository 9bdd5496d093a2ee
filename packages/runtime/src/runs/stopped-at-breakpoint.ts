import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import type { LoadedAgent } from '../agents/loaded-agent.ts'
import type { RunRequest } from './run-request.ts'

interface ThreadConfig {
  readonly configurable: Readonly<Record<string, unknown>>
}

const meets = (breakpoints: '*' | readonly string[] | undefined, nodes: readonly string[]): boolean =>
  breakpoints !== undefined && nodes.some((node) => breakpoints === '*' || breakpoints.includes(node))

/**
 * Whether a run that is taken up again stands at one of its breakpoints already. Continuing a graph is LangGraph's way of passing a
 * breakpoint, so a process that died between a step and its breakpoint would else lead the run past it.
 */
export async function stoppedAtBreakpoint(
  agent: LoadedAgent,
  saver: BaseCheckpointSaver,
  request: RunRequest,
  thread: ThreadConfig,
): Promise<boolean> {
  if (!request.interruptBefore && !request.interruptAfter) return false
  const { next } = await agent.graph.getState(thread)
  if (next.length === 0) return false
  if (meets(request.interruptBefore, next)) return true
  return request.interruptAfter !== undefined && meets(request.interruptAfter, await nodesOfLastStep(saver, thread))
}

/** The nodes that saw new versions in the newest checkpoint, compared with the one before. */
async function nodesOfLastStep(saver: BaseCheckpointSaver, thread: ThreadConfig): Promise<string[]> {
  const newest = await saver.getTuple({ configurable: { ...thread.configurable, checkpoint_ns: '' } })
  if (!newest?.parentConfig) return []
  const before = await saver.getTuple(newest.parentConfig)
  const seenBefore = before?.checkpoint.versions_seen ?? {}
  return Object.entries(newest.checkpoint.versions_seen)
    .filter(([node, seen]) => !node.startsWith('__') && JSON.stringify(seen) !== JSON.stringify(seenBefore[node]))
    .map(([node]) => node)
}

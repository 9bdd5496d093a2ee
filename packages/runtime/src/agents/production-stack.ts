import { type AgentMiddleware, todoListMiddleware } from 'langchain'
import type { AgentPlatform } from './agent-platform.ts'

/** One middleware of the platform. */
interface Layer {
  /** As it stands in an agent's description. */
  readonly name: string
  /** Undefined where the platform has no part for it. Called once for an agent and once for each of its subagents. */
  create(platform: AgentPlatform | undefined): AgentMiddleware | undefined
}

/**
 * The middleware that the platform adds to every agent and to each of its subagents, the outermost first: what stands further down is nearer
 * to the model. An agent's own middleware comes after all of it, and approvals last.
 */
const layers = [
  // deepagents brings planning no more (since 1.14).
  { name: 'todos', create: () => todoListMiddleware() },
] as const satisfies readonly Layer[]

/** The names of what an agent gets, in order. */
export const productionStackNames: readonly string[] = layers.map(({ name }) => name)

export function productionStack(platform: AgentPlatform | undefined): AgentMiddleware[] {
  return (layers as readonly Layer[]).flatMap((layer) => layer.create(platform) ?? [])
}

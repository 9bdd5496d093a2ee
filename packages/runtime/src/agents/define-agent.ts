import { createDeepAgent, GENERAL_PURPOSE_SUBAGENT, type SubAgent } from 'deepagents'
import type { AgentPlatform } from './agent-platform.ts'
import { type ApprovalRule, type Approvals, approvalRules, toInterruptOn } from './approvals.ts'
import { productionStack, productionStackNames } from './production-stack.ts'

type DeepAgentParams = NonNullable<Parameters<typeof createDeepAgent>[0]>
/** What the platform decides, or asks for in a stricter form. */
type Platforms = 'interruptOn' | 'checkpointer' | 'store' | 'name' | 'subagents'

/** What `createDeepAgent` takes, less what the platform decides, and the approvals. */
export interface AgentDefinition extends Omit<DeepAgentParams, Platforms> {
  /** Names the agent in traces, logs and its description. */
  readonly name: string
  /** The approvals below reach them too. An agent that is already compiled can't be one: they would not reach it. */
  readonly subagents?: readonly Omit<SubAgent, 'interruptOn'>[]
  /** Departures from the default approvals; without it, all defaults hold. */
  readonly approvals?: Approvals
}

/** What an agent is made of, as JSON: shown to people and read by `hadal check`. */
export interface AgentDescription {
  readonly name: string
  /** The platform's middleware in the order in which it wraps the model, the outermost first. */
  readonly stack: readonly string[]
  readonly approvals: readonly ApprovalRule[]
  readonly subagents: readonly { readonly name: string; readonly approvals: readonly ApprovalRule[] }[]
}

const descriptions = new WeakMap<object, AgentDescription>()

/**
 * A deep agent with what the platform adds to it and to each of its subagents.
 *
 * @param platform what the server hands to the function that builds the agent; without it (in an agent's own tests) it has planning and
 *   approvals only
 * @throws Error with a sentence when an approval is opted out by a path that is no folder, or a subagent is compiled
 */
export function defineAgent(
  { approvals, ...definition }: AgentDefinition,
  platform: AgentPlatform | undefined,
): ReturnType<typeof createDeepAgent> {
  const rules = approvalRules(approvals)
  const interruptOn = toInterruptOn(rules)
  const subagents = [...generalPurpose(definition), ...(definition.subagents ?? [])].map((subagent): SubAgent => {
    if ('runnable' in subagent || 'graphId' in subagent) {
      throw new Error(
        `Subagent "${subagent.name}" of agent "${definition.name}" is already compiled, so approvals can't reach it. ` +
          'Give its systemPrompt and tools instead.',
      )
    }
    const middleware = [...productionStack(platform), ...(subagent.middleware ?? [])]
    return { ...subagent, middleware, interruptOn }
  })
  const middleware = [...productionStack(platform), ...(definition.middleware ?? [])]
  const agent: ReturnType<typeof createDeepAgent> = createDeepAgent({
    ...definition,
    middleware,
    subagents,
    interruptOn,
  })
  const description: AgentDescription = {
    name: definition.name,
    stack: [...productionStackNames, 'approvals'],
    approvals: rules,
    subagents: subagents.map(({ name }) => ({ name, approvals: rules })),
  }
  descriptions.set(agent, description)
  // The server holds the graph inside the agent (see load-agents.ts), and asks by it.
  descriptions.set(agent.graph, description)
  return agent
}

/**
 * deepagents adds this subagent by itself, with the agent's model and tools and without its middleware. Here it is written out, so that the
 * stack stands around it too.
 */
function generalPurpose({ subagents, skills }: AgentDefinition): Omit<SubAgent, 'interruptOn'>[] {
  if (subagents?.some(({ name }) => name === GENERAL_PURPOSE_SUBAGENT.name)) return []
  return [{ ...GENERAL_PURPOSE_SUBAGENT, ...(skills === undefined ? {} : { skills }) }]
}

/** The description of what `defineAgent` returned, or of the graph in it; undefined for any other graph. */
export function describeAgent(agent: object): AgentDescription | undefined {
  return descriptions.get(agent)
}

import { createDeepAgent, type SubAgent } from 'deepagents'
import { type AgentMiddleware, todoListMiddleware } from 'langchain'
import { type ApprovalRule, type Approvals, approvalRules, toInterruptOn } from './approvals.ts'

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

/**
 * The middleware that the platform adds to every agent, in order; an agent's own comes after it, and approvals last.
 * deepagents brings planning no more (since 1.14), so it stands here.
 */
const productionStack: readonly { readonly name: string; create(): AgentMiddleware }[] = [
  { name: 'todos', create: () => todoListMiddleware() },
]

const descriptions = new WeakMap<object, AgentDescription>()

/**
 * A deep agent with what the platform adds: planning and approvals, in its subagents too.
 *
 * @throws Error with a sentence when an approval is opted out by a path that is no folder, or a subagent is compiled
 */
export function defineAgent({ approvals, ...definition }: AgentDefinition): ReturnType<typeof createDeepAgent> {
  const rules = approvalRules(approvals)
  const interruptOn = toInterruptOn(rules)
  const subagents = (definition.subagents ?? []).map((subagent): SubAgent => {
    if ('runnable' in subagent || 'graphId' in subagent) {
      throw new Error(
        `Subagent "${subagent.name}" of agent "${definition.name}" is already compiled, so approvals can't reach it. ` +
          'Give its systemPrompt and tools instead.',
      )
    }
    return { ...subagent, interruptOn }
  })
  const middleware = [...productionStack.map((layer) => layer.create()), ...(definition.middleware ?? [])]
  const agent: ReturnType<typeof createDeepAgent> = createDeepAgent({
    ...definition,
    middleware,
    subagents,
    interruptOn,
  })
  const description: AgentDescription = {
    name: definition.name,
    stack: [...productionStack.map((layer) => layer.name), 'approvals'],
    approvals: rules,
    subagents: [{ name: 'general-purpose' }, ...subagents].map(({ name }) => ({ name, approvals: rules })),
  }
  descriptions.set(agent, description)
  // The server holds the graph inside the agent (see load-agents.ts), and asks by it.
  descriptions.set(agent.graph, description)
  return agent
}

/** The description of what `defineAgent` returned, or of the graph in it; undefined for any other graph. */
export function describeAgent(agent: object): AgentDescription | undefined {
  return descriptions.get(agent)
}

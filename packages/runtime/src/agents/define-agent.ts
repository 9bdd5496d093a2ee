import { type ApprovalsOptions, createApprovalsMiddleware } from '@hadal/middleware/approvals'
import { createMemoryApprovalLedger } from '@hadal/middleware/approvals/approval-ledger'
import { type ApprovalRule, type Approvals, approvalRules } from '@hadal/middleware/approvals/approval-rules'
import { ruleIds } from '@hadal/middleware/input-validation/verdict'
import { modelIdentity } from '@hadal/middleware/model-identity'
import type { OnToolError } from '@hadal/middleware/tool-errors'
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { createDeepAgent, GENERAL_PURPOSE_SUBAGENT, type SubAgent } from 'deepagents'
import type { StateClass } from '../store/serde/state-classes.ts'
import { agentBackend, type BackendKind } from './agent-backend.ts'
import { agentModel, type ModelName } from './agent-model.ts'
import type { AgentPlatform } from './agent-platform.ts'
import { declareStateClasses } from './agent-serializer.ts'
import { checkApprovalNames } from './check-approval-names.ts'
import { productionStack, productionStackNames } from './production-stack.ts'
import { unrecordedTools } from './unrecorded-tools.ts'

type DeepAgentParams = NonNullable<Parameters<typeof createDeepAgent>[0]>
/** What the platform decides, or asks for in a stricter form. */
type Platforms = 'interruptOn' | 'checkpointer' | 'store' | 'name' | 'subagents' | 'model' | 'backend'

/** What `createDeepAgent` takes, less what the platform decides, and the approvals. */
export interface AgentDefinition extends Omit<DeepAgentParams, Platforms> {
  /** Names the agent in traces, logs and its description. */
  readonly name: string
  /**
   * The model that answers, as a name of the environment's providers or as one that you made. It answers every request: routing by complexity
   * leaves it alone. Absent: the environment's default, routed where the environment routes. The environment's fallbacks stand behind either.
   */
  readonly model?: ModelName | BaseChatModel
  /** Answers where the environment has no model: for a demonstration without any provider's key. */
  readonly standIn?: BaseChatModel
  /** The approvals below reach them too. An agent that is already compiled can't be one: they would not reach it. */
  readonly subagents?: readonly SubagentDefinition[]
  /** Departures from the default approvals; without it, all defaults hold. */
  readonly approvals?: Approvals
  /**
   * Ids of rules of input validation whose findings are let through, in its subagents too: for an agent that reads about attacks. Its
   * description shows them.
   */
  readonly allowedFindings?: readonly string[]
  /** `false`: the model is asked each time, in its subagents too. For answers that depend on when they are given. */
  readonly responseCache?: boolean
  /**
   * Classes whose instances its state may hold beside plain data and LangChain's messages and documents: in messages' artifacts, answers and
   * fields of its own. See docs/state.md.
   */
  readonly serializable?: readonly StateClass[]
  /**
   * Decides about an error that one of its tools throws, or a tool of its subagents: the text that it returns is told to the model, and
   * `undefined` ends the run with the error. Absent: the model is told the error's message. Interrupts, aborts and errors of budgets and limits
   * are never asked about.
   */
  readonly onToolError?: OnToolError
  /** Where its files are, and its subagents'; absent: `web`, in the thread's state. */
  readonly backend?: BackendKind
}

/** Without a model of its own it has that of its agent, by the same rules. */
export interface SubagentDefinition extends Omit<SubAgent, 'interruptOn' | 'model'> {
  readonly model?: ModelName | BaseChatModel
}

/** What an agent is made of, as JSON: shown to people and read by `hadal check`. */
export interface AgentDescription {
  readonly name: string
  /** `environment`: its default, and whatever it routes to. Otherwise the model that its author named, which is never routed. */
  readonly model: string
  /** The platform's middleware in the order in which it wraps the model, the outermost first. */
  readonly stack: readonly string[]
  /** Rules of input validation whose findings are let through. */
  readonly allowedFindings: readonly string[]
  readonly approvals: readonly ApprovalRule[]
  readonly backend: BackendKind
  readonly subagents: readonly {
    readonly name: string
    readonly model: string
    readonly approvals: readonly ApprovalRule[]
  }[]
}

const descriptions = new WeakMap<object, AgentDescription>()

/**
 * A deep agent with what the platform adds to it and to each of its subagents.
 *
 * @param platform what the server hands to the function that builds the agent; without it (in an agent's own tests) it has planning and
 *   approvals only
 * @throws Error with a sentence when an approval names a tool that there is not, or is opted out by a path that is no folder, a rule of input validation is let through that there
 *   is not, or a subagent is compiled
 */
export function defineAgent(
  {
    approvals,
    allowedFindings = [],
    responseCache = true,
    model: named,
    standIn,
    backend = 'web',
    onToolError,
    serializable = [],
    ...definition
  }: AgentDefinition,
  platform: AgentPlatform | undefined,
): ReturnType<typeof createDeepAgent> {
  const rules = approvalRules(approvals)
  const agents = [definition, ...(definition.subagents ?? [])]
  checkApprovalNames(definition.name, approvals ?? {}, agents)
  checkRuleIds(definition.name, allowedFindings)
  const options = {
    ...approvalsOptions(rules, platform),
    unrecorded: unrecordedTools(backend, agents),
  }
  // Approvals are the last: nothing may change a call between them and the tool.
  const around = (own: DeepAgentParams['middleware'] = [], model: SubagentDefinition['model'] = named) => [
    ...productionStack(
      platform,
      { namesModel: model !== undefined, responseCache, allowedFindings, ...(onToolError ? { onToolError } : {}) },
      own,
    ),
    createApprovalsMiddleware(options),
  ]
  const subagentDefinitions: SubagentDefinition[] = [...generalPurpose(definition), ...(definition.subagents ?? [])]
  const subagents = subagentDefinitions.map(({ model, ...subagent }): SubAgent => {
    if ('runnable' in subagent || 'graphId' in subagent) {
      throw new Error(
        `Subagent "${subagent.name}" of agent "${definition.name}" is already compiled, so approvals can't reach it. ` +
          'Give its systemPrompt and tools instead.',
      )
    }
    const own = model && { model: agentModel(`${definition.name}/${subagent.name}`, model, platform, standIn) }
    return { ...subagent, ...own, middleware: around(subagent.middleware, model) }
  })
  const agent: ReturnType<typeof createDeepAgent> = createDeepAgent({
    ...definition,
    model: agentModel(definition.name, named, platform, standIn),
    middleware: around(definition.middleware),
    backend: agentBackend(definition.name, backend, platform),
    subagents,
  })
  const description: AgentDescription = {
    name: definition.name,
    model: modelLabel(named),
    stack: [...productionStackNames({ responseCache }), 'approvals'],
    allowedFindings,
    approvals: rules,
    backend,
    subagents: subagentDefinitions.map(({ name, model = named }) => ({
      name,
      model: modelLabel(model),
      approvals: rules,
    })),
  }
  declareStateClasses([agent, agent.graph], serializable)
  descriptions.set(agent, description)
  // The server holds the graph inside the agent (see load-agents.ts), and asks by it.
  descriptions.set(agent.graph, description)
  return agent
}

function checkRuleIds(agent: string, allowed: readonly string[]): void {
  const unknown = allowed.filter((id) => !ruleIds.includes(id))
  if (unknown.length > 0)
    throw new Error(
      `Agent "${agent}" allows findings of ${unknown.join(', ')}, and input validation has no such rule. There are ${ruleIds.join(', ')}.`,
    )
}

function modelLabel(model: SubagentDefinition['model']): string {
  if (model === undefined) return 'environment'
  return typeof model === 'string' ? model : modelIdentity(model).name
}

function approvalsOptions(rules: readonly ApprovalRule[], platform: AgentPlatform | undefined): ApprovalsOptions {
  if (!platform) return { rules, ledger: createMemoryApprovalLedger() }
  const { enabled, expirySeconds, ledger } = platform.approvals
  return { rules: enabled ? rules : [], expirySeconds, ledger }
}

/**
 * deepagents adds this subagent by itself, with the agent's model and tools and without its middleware. Here it is written out, so that the
 * stack stands around it too.
 */
function generalPurpose({ subagents, skills }: Pick<AgentDefinition, 'subagents' | 'skills'>): SubagentDefinition[] {
  if (subagents?.some(({ name }) => name === GENERAL_PURPOSE_SUBAGENT.name)) return []
  return [{ ...GENERAL_PURPOSE_SUBAGENT, ...(skills === undefined ? {} : { skills }) }]
}

/** The description of what `defineAgent` returned, or of the graph in it; undefined for any other graph. */
export function describeAgent(agent: object): AgentDescription | undefined {
  return descriptions.get(agent)
}

import { type ApprovalsOptions, createApprovalsMiddleware } from '@hadal/middleware/approvals'
import { createMemoryApprovalLedger } from '@hadal/middleware/approvals/approval-ledger'
import { type ApprovalRule, type Approvals, approvalRules } from '@hadal/middleware/approvals/approval-rules'
import { ruleIds } from '@hadal/middleware/input-validation/verdict'
import { modelIdentity } from '@hadal/middleware/model-identity'
import { tenantOf } from '@hadal/middleware/tenant-of'
import type { OnToolError } from '@hadal/middleware/tool-errors'
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { createDeepAgent, GENERAL_PURPOSE_SUBAGENT, type SubAgent } from 'deepagents'
import type { StateClass } from '../store/serde/state-classes.ts'
import { agentBackend, type BackendKind } from './agent-backend.ts'
import { agentModel, type ModelName } from './agent-model.ts'
import type { AgentPlatform } from './agent-platform.ts'
import { AgentRefused } from './agent-refused.ts'
import { declareStateClasses } from './agent-serializer.ts'
import { checkApprovalNames } from './check-approval-names.ts'
import type { Memories } from './memory-files.ts'
import { productionStack, productionStackNames } from './production-stack.ts'
import { unrecordedTools } from './unrecorded-tools.ts'

type DeepAgentParams = NonNullable<Parameters<typeof createDeepAgent>[0]>
/** Parameters of `createDeepAgent` that the platform sets, or that `AgentDefinition` restricts. */
type Platforms = 'interruptOn' | 'checkpointer' | 'store' | 'name' | 'subagents' | 'model' | 'backend'

/** Definition of an agent: the parameters of `createDeepAgent` without those that the platform sets, and settings of the platform. */
export interface AgentDefinition extends Omit<DeepAgentParams, Platforms> {
  /** Name of the agent in traces, logs and its description. */
  readonly name: string
  /**
   * The agent's model: a name, or a model object. It answers every request, without routing by complexity. Default: the environment's default
   * model, with routing if the environment has it. The environment's fallbacks apply in both cases.
   */
  readonly model?: ModelName | BaseChatModel
  /** Model for an environment without models, such as a demonstration without a provider's key. */
  readonly standIn?: BaseChatModel
  /** Subagents, to which the approvals also apply. A compiled agent can't be a subagent: approvals would not apply to it. */
  readonly subagents?: readonly SubagentDefinition[]
  /** Exceptions from the default approvals of tool calls. Default: none. */
  readonly approvals?: Approvals
  /**
   * Ids of input validation rules whose findings are allowed in the agent and its subagents: for an agent that reads about attacks. The agent's
   * description shows them.
   */
  readonly allowedFindings?: readonly string[]
  /**
   * Whether the response cache may answer for the agent and its subagents. Default: true. Set `false` for answers that depend on the time of the
   * request.
   */
  readonly responseCache?: boolean
  /** Classes whose instances the agent's state may contain, in addition to plain data and LangChain's messages and documents. See docs/state.md. */
  readonly serializable?: readonly StateClass[]
  /**
   * Handles an error that a tool of the agent or of its subagents throws. The model gets the returned text; `undefined` ends the run with the
   * error. Default: the model gets the error's message. It is not called for interrupts, aborts and errors of budgets and limits.
   */
  readonly onToolError?: OnToolError
  /** Where the files of the agent and its subagents are. Default: `web`, in the thread's state. */
  readonly backend?: BackendKind
  /**
   * Who shares the files under `/memories/` and `/configs/` of the backend `container`. Default: `user`. Shared files are read-only, except in runs of
   * users with the role `administer`. Without sign-in, all clients are one user, who may change every file.
   */
  readonly memories?: Memories
}

/** Definition of a subagent. It may name a model as an agent does; by default it has the agent's model. */
export interface SubagentDefinition extends Omit<SubAgent, 'interruptOn' | 'model'> {
  readonly model?: ModelName | BaseChatModel
}

/** Description of an agent as JSON, for people and for `hadal check`. */
export interface AgentDescription {
  readonly name: string
  /** Model of the agent: `environment` (the default model, with routing), or the name of the model that the author set, which is never routed. */
  readonly model: string
  /** Names of the platform's middleware in the agent's stack, the outermost middleware first. */
  readonly stack: readonly string[]
  /** Ids of the input validation rules whose findings are allowed in the agent. */
  readonly allowedFindings: readonly string[]
  readonly approvals: readonly ApprovalRule[]
  readonly backend: BackendKind
  /** Who shares the files under `/memories/` and `/configs/`; undefined for `user`, the default. */
  readonly memories?: Memories
  readonly subagents: readonly {
    readonly name: string
    readonly model: string
    readonly approvals: readonly ApprovalRule[]
  }[]
}

const descriptions = new WeakMap<object, AgentDescription>()

/**
 * Creates a deep agent with the platform's middleware around it and around each of its subagents.
 *
 * @param platform passed by the server to the function that builds the agent; if undefined, as in tests, the agent has only planning, tool errors,
 * provider rules and approvals
 * @throws AgentRefused if an approval names an unknown tool or an exception has an invalid path, if an allowed finding names an unknown rule, or if a
 * subagent is compiled
 */
export function defineAgent(
  {
    approvals,
    allowedFindings = [],
    responseCache = true,
    model: named,
    standIn,
    backend = 'web',
    memories = 'user',
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
  checkMemories(definition.name, backend, memories)
  const options = {
    ...approvalsOptions(rules, platform),
    ...(approvals?.questions ? { questions: approvals.questions } : {}),
    unrecorded: unrecordedTools(backend, agents),
  }
  // Approvals are the innermost middleware: nothing may change a call between them and the tool.
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
      throw new AgentRefused(
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
    backend: agentBackend(definition.name, backend, platform, memories),
    subagents,
  })
  const description: AgentDescription = {
    name: definition.name,
    model: modelLabel(named),
    stack: [...productionStackNames({ responseCache }), 'approvals'],
    allowedFindings,
    approvals: rules,
    backend,
    ...(memories === 'user' ? {} : { memories }),
    subagents: subagentDefinitions.map(({ name, model = named }) => ({
      name,
      model: modelLabel(model),
      approvals: rules,
    })),
  }
  declareStateClasses([agent, agent.graph], serializable)
  descriptions.set(agent, description)
  // The server keeps the graph inside the agent (see load-agents.ts) and looks up the description by it.
  descriptions.set(agent.graph, description)
  return agent
}

function checkRuleIds(agent: string, allowed: readonly string[]): void {
  const unknown = allowed.filter((id) => !ruleIds.includes(id))
  if (unknown.length > 0)
    throw new AgentRefused(
      `Agent "${agent}" allows findings of the input validation rules ${unknown.join(', ')}, which do not exist. The rules are ${ruleIds.join(', ')}.`,
    )
}

function checkMemories(agent: string, backend: BackendKind, memories: Memories): void {
  if (memories !== 'user' && backend !== 'container') {
    throw new AgentRefused(
      `Agent "${agent}" has memories: "${memories}", but its backend "${backend}" has no /memories/. Set backend: "container", or leave memories out.`,
    )
  }
}

function modelLabel(model: SubagentDefinition['model']): string {
  if (model === undefined) return 'environment'
  return typeof model === 'string' ? model : modelIdentity(model).name
}

function approvalsOptions(rules: readonly ApprovalRule[], platform: AgentPlatform | undefined): ApprovalsOptions {
  if (!platform) return { rules, ledger: createMemoryApprovalLedger() }
  const { enabled, expirySeconds, ledger } = platform.approvals
  return { rules: enabled ? rules : [], expirySeconds, ledger, tenantOf }
}

/**
 * Returns the definition of the general-purpose subagent in a list, which is empty if the author defines a subagent of that name. deepagents adds
 * this subagent by default, but without the agent's middleware.
 */
function generalPurpose({ subagents, skills }: Pick<AgentDefinition, 'subagents' | 'skills'>): SubagentDefinition[] {
  if (subagents?.some(({ name }) => name === GENERAL_PURPOSE_SUBAGENT.name)) return []
  return [{ ...GENERAL_PURPOSE_SUBAGENT, ...(skills === undefined ? {} : { skills }) }]
}

/** Returns the description of an agent of `defineAgent`, or of its graph; undefined for any other graph. */
export function describeAgent(agent: object): AgentDescription | undefined {
  return descriptions.get(agent)
}

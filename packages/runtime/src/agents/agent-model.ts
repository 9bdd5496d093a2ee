import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager'
import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { BaseMessage } from '@langchain/core/messages'
import type { ChatResult } from '@langchain/core/outputs'
import type { AgentPlatform } from './agent-platform.ts'

/** Name of a model: provider and model id. */
export type ModelName = `${string}:${string}`

/** Placeholder for a missing model. An agent can be built and described with it; each call fails with an error that says what is missing. */
class MissingModel extends BaseChatModel {
  readonly #problem: string

  constructor(problem: string) {
    super({})
    this.#problem = problem
  }

  override _llmType(): string {
    return 'missing'
  }

  override bindTools(): this {
    return this
  }

  override _generate(
    _messages: BaseMessage[],
    _options: unknown,
    _run?: CallbackManagerForLLMRun,
  ): Promise<ChatResult> {
    return Promise.reject(new Error(this.#problem))
  }
}

/**
 * Returns the model of an agent.
 *
 * @param named the model that the agent's author names, if any
 * @param standIn model for an environment without models
 */
export function agentModel(
  agent: string,
  named: ModelName | BaseChatModel | undefined,
  platform: AgentPlatform | undefined,
  standIn: BaseChatModel | undefined,
): BaseChatModel {
  if (named !== undefined && typeof named !== 'string') return named
  const models = platform?.models
  if (models) return named === undefined ? models.default : models.named(named)
  if (standIn) return standIn
  const asks = named === undefined ? 'names no model' : `names the model "${named}"`
  return new MissingModel(
    `Agent "${agent}" ${asks}, but this server has no models. Set MODEL_DEFAULT and the key of its provider, such as ANTHROPIC_API_KEY.`,
  )
}

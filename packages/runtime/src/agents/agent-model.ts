import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager'
import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import type { BaseMessage } from '@langchain/core/messages'
import type { ChatResult } from '@langchain/core/outputs'
import type { AgentPlatform } from './agent-platform.ts'

/** A model of the environment's providers, by name. */
export type ModelName = `anthropic:${string}` | `openai:${string}`

/** Stands where no server lends a model. An agent can be built and described with it, and says what is missing when it is asked. */
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
 * The model that answers for an agent.
 *
 * @param named what its author names, if anything
 * @param standIn answers where the environment has no model
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
    `Agent "${agent}" ${asks}, and this server has none. Set MODEL_DEFAULT and the key of its provider, such as ANTHROPIC_API_KEY.`,
  )
}

import { text } from './unknown-value.ts'

/** Name and provider of a model. */
export interface ModelIdentity {
  /** Name of the model provider in lower case, such as `anthropic` or `openai`. */
  readonly provider: string
  /** Name of the model: `<provider>:<model id>`, or only the provider if the model has no id. */
  readonly name: string
}

const known = new WeakMap<object, ModelIdentity>()

/** Name and provider of a chat model, from the parameters that every LangChain model reports to LangSmith. */
export function modelIdentity(model: object): ModelIdentity {
  const before = known.get(model)
  if (before) return before
  const said: unknown = 'getLsParams' in model && typeof model.getLsParams === 'function' ? model.getLsParams({}) : {}
  const { ls_provider, ls_model_name } = said as { ls_provider?: unknown; ls_model_name?: unknown }
  const provider = text(ls_provider)?.toLowerCase() ?? 'unknown'
  const id = text(ls_model_name)
  const identity = { provider, name: id ? `${provider}:${id}` : provider }
  known.set(model, identity)
  return identity
}

import { isObject } from '../unknown-value.ts'

/** How a client reaches its provider, beyond which model it asks and how: none of it changes an answer, and some of it is secret. */
const ofTheConnection = new Set([
  'apiKey',
  'accessToken',
  'logger',
  'logLevel',
  'maxRetries',
  'timeout',
  'fetchOptions',
  'httpAgent',
  'dangerouslyAllowBrowser',
])

/** Calls a method that only some models have. */
function told(model: Record<string, unknown>, method: string, ...words: unknown[]): unknown {
  const act = model[method]
  return typeof act === 'function' ? act.apply(model, words) : undefined
}

/**
 * Which model it is and with what parameters it is asked: what the model says of itself (`_identifyingParams`, as LangChain's own cache reads
 * it), its class, and where it is reached.
 *
 * @param model a chat model, one with settings bound to it, or one that is chosen by the run's configuration
 * @param configurable of the run
 * @returns undefined for a model that tells nothing of itself: two such with other parameters could not be told apart
 */
export async function modelParameters(model: unknown, configurable: unknown): Promise<unknown> {
  if (!isObject(model)) return undefined
  if (typeof model._getModelInstance === 'function') {
    return modelParameters(await told(model, '_getModelInstance', { configurable }), undefined)
  }
  if ('bound' in model && 'kwargs' in model) {
    const bound = await modelParameters(model.bound, configurable)
    return bound === undefined ? undefined : { bound, settings: model.kwargs }
  }
  const parameters = told(model, '_identifyingParams')
  if (!isObject(parameters) || Object.keys(parameters).length === 0) return undefined
  const client = isObject(model.clientOptions) ? model.clientOptions : {}
  return {
    class: model.constructor.name,
    type: told(model, '_llmType'),
    address: model.apiUrl ?? client.baseURL,
    parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => !ofTheConnection.has(name))),
  }
}

/** The id of the model that a request asks for, where it says one. */
export function askedModel(model: unknown): string | undefined {
  if (!isObject(model)) return undefined
  if ('bound' in model) return askedModel(model.bound)
  const said = told(model, 'getLsParams', {})
  return isObject(said) && typeof said.ls_model_name === 'string' ? said.ls_model_name : undefined
}

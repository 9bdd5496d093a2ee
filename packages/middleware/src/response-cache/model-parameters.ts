import { isObject } from '../unknown-value.ts'

/** Names of parameters for the connection to a provider. They don't change an answer, and some are secret. */
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

/** Result of a method of a model; undefined if the model does not have the method. */
function told(model: Record<string, unknown>, method: string, ...words: unknown[]): unknown {
  const act = model[method]
  return typeof act === 'function' ? act.apply(model, words) : undefined
}

/**
 * Identity of a model for the cache key: its class, its address, and its parameters from `_identifyingParams`, which LangChain's own cache uses too.
 *
 * @param model a chat model, a model with bound settings, or a model that the run's configuration selects
 * @param configurable the `configurable` of the run
 * @returns undefined for a model without known parameters: models with different parameters could not be distinguished
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

/** Id of the model that a request uses; undefined if the model does not report an id. */
export function askedModel(model: unknown): string | undefined {
  if (!isObject(model)) return undefined
  if ('bound' in model) return askedModel(model.bound)
  const said = told(model, 'getLsParams', {})
  return isObject(said) && typeof said.ls_model_name === 'string' ? said.ls_model_name : undefined
}

import { field, text } from './unknown-value.ts'

/** Name of the model of a call, from the arguments that a callback handler gets at the start of the call; `unknown` if they have none. */
export function modelName(extra: unknown, metadata: unknown): string {
  const parameters = field(extra, 'invocation_params')
  const named = [field(metadata, 'ls_model_name'), field(parameters, 'model'), field(parameters, 'model_name')]
  return named.map(text).find((name) => name !== undefined) ?? 'unknown'
}

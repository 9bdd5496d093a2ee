import { field } from '../runs/field.ts'

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** The name of the model that is called, from what a callback handler hears at its start. */
export function modelName(extra: unknown, metadata: unknown): string {
  const parameters = field(extra, 'invocation_params')
  const named = [field(metadata, 'ls_model_name'), field(parameters, 'model'), field(parameters, 'model_name')]
  return named.map(text).find((name) => name !== undefined) ?? 'unknown'
}

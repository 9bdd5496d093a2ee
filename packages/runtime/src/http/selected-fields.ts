import { isObject } from '@hadal/middleware/unknown-value'
import { Refusal } from '../runs/refusal.ts'

/**
 * Returns the fields of a resource of the API that a client selected: `name`, or `values.name` for a key of the state.
 *
 * @throws {Refusal} 422 for an unknown field
 */
export function selectedFields(object: object, select: readonly string[] | undefined | null): Record<string, unknown> {
  const all: Record<string, unknown> = { ...object }
  if (!select) return all
  const picked: Record<string, unknown> = {}
  const values: Record<string, unknown> = {}
  for (const field of select) {
    if (field.startsWith('values.') && 'values' in all) {
      const key = field.slice('values.'.length)
      const state: unknown = all.values
      if (isObject(state) && Object.hasOwn(state, key)) values[key] = Reflect.get(state, key)
      picked.values ??= values
      continue
    }
    if (!Object.hasOwn(all, field))
      throw new Refusal(422, `select: there is no field "${field}". Allowed fields: ${Object.keys(all).join(', ')}.`)
    picked[field] = all[field]
  }
  return picked
}

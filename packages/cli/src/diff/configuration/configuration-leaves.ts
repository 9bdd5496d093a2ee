import { isRecord } from '@hadal/platform/is-record'

/** Values of a configuration by path, e.g. `agent.api.autoscaling.max`. A list of plain values is one value, as is an empty object. */
export type ConfigurationLeaves = ReadonlyMap<string, unknown>

/** Flattens a configuration. An item of a list of objects has its index in the path, e.g. `slo.burnRates[0].budgetPercent`. */
export function configurationLeaves(configuration: object): ConfigurationLeaves {
  const leaves = new Map<string, unknown>()
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value) && value.some(isRecord))
      for (const [index, item] of value.entries()) visit(item, `${path}[${index}]`)
    else if (isRecord(value) && Object.keys(value).length > 0)
      for (const [key, field] of Object.entries(value)) visit(field, path === '' ? key : `${path}.${key}`)
    else if (value !== undefined) leaves.set(path, value)
  }
  visit(configuration, '')
  return leaves
}

import { agentDeployments } from '@hadal/charts/agent-deployments'
import { serverVariables, settingVariables } from '@hadal/charts/components/agent/variables'
import { defineEnvironment } from '@hadal/platform/define-environment'
import { Environment } from '@hadal/platform/environment'
import { valueAt } from '@hadal/platform/field-schema'
import { type SchemaLeaf, schemaLeaves } from '@hadal/platform/fixtures/schema-leaves'
import { EnvironmentProblems } from '@hadal/platform/problem'
import { keysOf, withValue } from './keys-of.ts'
import { otherValues } from './other-values.ts'
import { bases } from './schema-bases.ts'

const leaves = schemaLeaves(Environment)
/** Maximum number of values of a leaf that are tried in one environment. */
const mostValues = 3

/** Value of a variable in the servers of an environment. Undefined if the environment is invalid. */
function variableOf(name: string, environment: Environment): string | undefined {
  try {
    const valid = defineEnvironment(environment)
    const ofServers = agentDeployments(valid).flatMap((each) => serverVariables(valid, each))
    const values = [...Object.entries(settingVariables(valid)), ...ofServers.map((each) => [each.name, each.value])]
    return JSON.stringify(values.filter(([each]) => each === name))
  } catch (error) {
    if (error instanceof EnvironmentProblems) return undefined
    throw error
  }
}

/** The environment with other values of a leaf. Another variant of a union is taken from the other environments. */
function changed(leaf: SchemaLeaf, base: Environment): Environment[] {
  const keys = keysOf(leaf, base)
  if (keys === undefined) return []
  if (!leaf.kinds)
    return otherValues(leaf.schema, valueAt(base, keys))
      .slice(0, mostValues)
      .map((value) => withValue(base, keys, value))
  const union = keys.slice(0, -1)
  return bases.flatMap((other) => {
    const from = keysOf(leaf, other)
    return from === undefined ? [] : [withValue(base, union, valueAt(other, from.slice(0, -1)))]
  })
}

/**
 * Whether a field of the environment changes a variable of its servers.
 *
 * @param field path of the field, such as `postgres.pool.size`, or of an object with it; `*` stands for the name of a Deployment or of an entry
 */
export function fieldChangesVariable(field: string, name: string): boolean {
  const pattern = new RegExp(`^${field.replaceAll('.', '\\.').replaceAll('*', '[^.]+')}(?:\\.|$)`)
  return leaves
    .filter(({ path }) => pattern.test(path))
    .some((leaf) =>
      bases.some((base) => {
        const environments = changed(leaf, base)
        const before = environments.length > 0 ? variableOf(name, base) : undefined
        return environments.some((environment) => {
          const after = variableOf(name, environment)
          return before !== undefined && after !== undefined && after !== before
        })
      }),
    )
}

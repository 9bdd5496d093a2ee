import { agentWorkloads } from './agent-workloads.ts'
import type { Environment } from './environment.ts'
import type { Resources } from './schema/scalars.ts'

/** Resources of a container as an environment configures them. */
export interface ConfiguredResources {
  /** Path of the resources in the configuration, e.g. `agent.api.resources`. */
  readonly path: string
  readonly of: 'api' | 'worker' | 'database' | 'cache' | 'sandbox'
  readonly resources: Resources
}

/** All resources that an environment configures. Those of other containers are fixed: see `fixed-resources.ts`. */
export function configuredResources({ agent, postgres, redis, sandbox }: Environment): ConfiguredResources[] {
  const found = agentWorkloads(agent).map(
    ({ path, role, workload }): ConfiguredResources => ({
      path: `${path}.resources`,
      of: role === 'api' ? 'api' : 'worker',
      resources: workload.resources,
    }),
  )
  if (postgres.kind !== 'external')
    found.push({ path: 'postgres.resources', of: 'database', resources: postgres.resources })
  if (redis.kind !== 'external') found.push({ path: 'redis.resources', of: 'cache', resources: redis.resources })
  if (sandbox.kind !== 'none') found.push({ path: 'sandbox.resources', of: 'sandbox', resources: sandbox.resources })
  return found
}

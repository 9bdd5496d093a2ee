import { configuredResources } from '../configured-resources.ts'
import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'
import { cpuMillis, memoryBytes } from '../quantity.ts'
import type { Resources } from '../schema/scalars.ts'

const measures = { cpu: cpuMillis, memory: memoryBytes, ephemeralStorage: memoryBytes } as const satisfies Record<
  keyof Resources['requests'],
  (text: string) => number
>

function resourcesProblems(path: string, { requests, limits }: Resources): Problem[] {
  const kinds = ['cpu', 'memory', 'ephemeralStorage'] as const
  return kinds
    .filter((kind) => measures[kind](requests[kind]) > measures[kind](limits[kind]))
    .map((kind) => ({
      path: `${path}.requests.${kind}`,
      value: requests[kind],
      allowed: `Must be at most the limit, ${limits[kind]}. Kubernetes rejects a pod whose request exceeds its limit.`,
      remedy: `Lower it, or raise ${path}.limits.${kind}.`,
    }))
}

/** Requires that no container's resource requests exceed its limits. */
export const requestsWithinLimits = (environment: Environment): Problem[] =>
  configuredResources(environment).flatMap(({ path, resources }) => resourcesProblems(path, resources))

import type { Resources } from '@hadal/platform/schema/scalars'
import type { ResourceRequirements } from 'kubernetes-types/core/v1.d.ts'

/** An environment's resources as a container writes them. */
export function resourceRequirements({ requests, limits }: Resources): ResourceRequirements {
  const amounts = ({ cpu, memory, ephemeralStorage }: Resources['limits']) => ({
    cpu,
    memory,
    'ephemeral-storage': ephemeralStorage,
  })
  return { requests: amounts(requests), limits: amounts(limits) }
}

import type { Resources } from '@hadal/platform/schema/scalars'
import { k8s } from 'cdk8s-plus-28'

/** The requests and limits of a container. */
export function resourceRequirements({ requests, limits }: Resources): k8s.ResourceRequirements {
  const amounts = ({ cpu, memory, ephemeralStorage }: Resources['limits']) =>
    quantities({ cpu, memory, 'ephemeral-storage': ephemeralStorage })
  return { requests: amounts(requests), limits: amounts(limits) }
}

/** Converts amounts to the quantities that `cdk8s-plus-28` takes. Undefined amounts are left out. */
export const quantities = (amounts: Readonly<Record<string, string | undefined>>): Record<string, k8s.Quantity> =>
  Object.fromEntries(
    Object.entries(amounts).flatMap(([name, amount]) =>
      amount === undefined ? [] : [[name, k8s.Quantity.fromString(amount)]],
    ),
  )

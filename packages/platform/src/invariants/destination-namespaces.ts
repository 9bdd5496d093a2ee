import { endpointsOf } from '../endpoints.ts'
import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'
import type { Destination } from '../schema/destination.ts'

/** Requires that no destination is in the environment's own namespace, whose pods accept only the connections that Hadal renders. */
export function destinationNamespaces(environment: Environment): Problem[] {
  const { egress, namespace } = environment
  const destinations: [path: string, destination: Destination | undefined][] = [
    ...Object.entries(egress).map(([name, destination]): [string, Destination] => [`egress.${name}`, destination]),
    ...endpointsOf(environment).map((it): [string, Destination | undefined] => [it.destinationPath, it.destination]),
  ]
  return destinations.flatMap(([path, destination]) =>
    destination?.kind === 'pods' && destination.namespace === namespace
      ? [
          {
            path: `${path}.namespace`,
            value: namespace,
            allowed:
              "Must be another namespace: the environment's own pods accept only connections that Hadal renders.",
            remedy: 'Write the namespace of the destination, or remove the destination.',
          },
        ]
      : [],
  )
}

import type { Environment } from '@hadal/platform/environment'
import { agentNames, labels, ports, selectorLabels } from '@hadal/platform/names'
import type { Manifest } from '../../manifest.ts'

/** The API, and it alone: the metrics' port is on no Service, so no route can reach it. */
export function service(environment: Environment): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: agentNames.service, labels: labels(environment, 'server') },
    spec: {
      type: 'ClusterIP',
      selector: selectorLabels('server'),
      ports: [{ name: 'http', port: ports.http, targetPort: 'http', appProtocol: 'http' }],
    },
  }
}

import { agentNames, ports, selectorLabels } from '@hadal/platform/names'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'

/** Service of the API. It has no port for metrics, so no route can expose them. */
export class AgentService extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id)
    new k8s.KubeService(this, 'service', {
      metadata: { name: agentNames.service, labels: selectorLabels('server') },
      spec: {
        type: 'ClusterIP',
        selector: selectorLabels('server'),
        ports: [
          { name: 'http', port: ports.http, targetPort: k8s.IntOrString.fromString('http'), appProtocol: 'http' },
        ],
      },
    })
  }
}

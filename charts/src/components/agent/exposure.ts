import type { Environment } from '@hadal/platform/environment'
import { agentNames, gatewayListener, ports, selectorLabels } from '@hadal/platform/names'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import { Certificate } from '../../generated/cert-manager.io.js'
import { HttpRoute, HttpRouteSpecRulesMatchesPathType } from '../../generated/gateway.networking.k8s.io.js'
import { privateKey } from '../../private-key.ts'

const certificateSecret = 'deep-agents-tls'

type Exposed = Exclude<Environment['exposure'], { kind: 'internal' }>

export interface ExposureProps {
  readonly exposure: Exposed
}

/** The route from outside the namespace to the API: an HTTPRoute of the Gateway API, or an Ingress with its certificate. */
export class Exposure extends Construct {
  constructor(scope: Construct, id: string, { exposure }: ExposureProps) {
    super(scope, id)
    if (exposure.kind === 'gateway') this.addRoute(exposure)
    else this.addIngress(exposure)
  }

  private addRoute(exposure: Extract<Exposed, { kind: 'gateway' }>): void {
    const { gateway, host } = exposure
    new HttpRoute(this, 'route', {
      metadata: { name: agentNames.service, labels: selectorLabels('server') },
      spec: {
        parentRefs: [{ name: gateway.name, namespace: gateway.namespace, sectionName: gatewayListener(exposure) }],
        hostnames: [host],
        rules: [
          {
            matches: [{ path: { type: HttpRouteSpecRulesMatchesPathType.PATH_PREFIX, value: '/' } }],
            backendRefs: [{ name: agentNames.service, port: ports.http }],
            // A stream lasts as long as its run, which the server itself limits.
            timeouts: { request: '0s' },
          },
        ],
      },
    })
  }

  private addIngress({ className, host, issuer, tls }: Extract<Exposed, { kind: 'ingress' }>): void {
    new k8s.KubeIngress(this, 'ingress', {
      metadata: { name: agentNames.service, labels: selectorLabels('server') },
      spec: {
        ingressClassName: className,
        tls: tls ? [{ hosts: [host], secretName: certificateSecret }] : undefined,
        rules: [
          {
            host,
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: agentNames.service, port: { name: 'http' } } },
                },
              ],
            },
          },
        ],
      },
    })
    if (tls)
      new Certificate(this, 'certificate', {
        metadata: { name: certificateSecret, labels: selectorLabels('server') },
        spec: {
          secretName: certificateSecret,
          dnsNames: [host],
          issuerRef: { group: 'cert-manager.io', kind: issuer.kind, name: issuer.name },
          privateKey,
        },
      })
  }
}

import type { Environment } from '@hadal/platform/environment'
import { agentNames, labels, ports } from '@hadal/platform/names'
import type { Manifest } from '../../manifest.ts'

const certificateSecret = 'deep-agents-tls'

/** The way from outside the namespace to the API; none where it is internal. */
export function exposure(environment: Environment): Manifest[] {
  const { exposure } = environment
  const metadata = { name: agentNames.service, labels: labels(environment, 'server') }
  switch (exposure.kind) {
    case 'internal':
      return []
    case 'gateway':
      return [
        {
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'HTTPRoute',
          metadata,
          spec: {
            parentRefs: [
              {
                name: exposure.gateway.name,
                namespace: exposure.gateway.namespace,
                sectionName: exposure.gateway.listener,
              },
            ],
            hostnames: [exposure.host],
            rules: [
              {
                matches: [{ path: { type: 'PathPrefix', value: '/' } }],
                backendRefs: [{ name: agentNames.service, port: ports.http }],
                // A stream lasts as long as its run; the server itself bounds that.
                timeouts: { request: '0s' },
              },
            ],
          },
        },
      ]
    case 'ingress': {
      const ingress: Manifest = {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata,
        spec: {
          ingressClassName: exposure.className,
          ...(exposure.tls && { tls: [{ hosts: [exposure.host], secretName: certificateSecret }] }),
          rules: [
            {
              host: exposure.host,
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
      }
      const certificate: Manifest = {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata: { ...metadata, name: certificateSecret },
        spec: {
          secretName: certificateSecret,
          dnsNames: [exposure.host],
          issuerRef: { group: 'cert-manager.io', kind: exposure.issuer.kind, name: exposure.issuer.name },
          privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
        },
      }
      return exposure.tls ? [ingress, certificate] : [ingress]
    }
  }
}

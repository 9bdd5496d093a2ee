import type { Environment } from '@hadal/platform/environment'
import { labels, redisName, serviceHost } from '@hadal/platform/names'
import type { Manifest } from '../../manifest.ts'
import { redisNodeSet, redisNodes } from '../../redis-operator-pods.ts'

const authority = `${redisName}-ca`
export const redisCertificate = `${redisName}-tls`

const privateKey = { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' } as const
const issuer = (name: string) => ({ group: 'cert-manager.io', kind: 'Issuer', name }) as const

/**
 * One certificate for all nodes, from an authority of this namespace's own: nobody outside speaks to them, and no public authority signs names
 * that end in `.svc`. Clients hold the authority as `redis-tls/ca.crt`.
 */
export function redisCertificates(environment: Environment): Manifest[] {
  const metadata = (name: string) => ({ name, labels: labels(environment, 'cache') })
  return [
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Issuer',
      metadata: metadata(`${redisName}-self-signed`),
      spec: { selfSigned: {} },
    },
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: metadata(authority),
      spec: {
        secretName: authority,
        commonName: `${authority}.${environment.namespace}`,
        isCA: true,
        // Ten years, renewed after two thirds. Nodes get certificates from the new one before the old one ends.
        duration: '87600h',
        issuerRef: issuer(`${redisName}-self-signed`),
        privateKey,
      },
    },
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Issuer',
      metadata: metadata(authority),
      spec: { ca: { secretName: authority } },
    },
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: metadata(redisCertificate),
      spec: {
        secretName: redisCertificate,
        dnsNames: ['localhost', ...redisNodes.flatMap((node) => namesOf(environment, redisNodeSet(node)))],
        // Nodes are clients of each other.
        usages: ['digital signature', 'server auth', 'client auth'],
        issuerRef: issuer(authority),
        privateKey,
      },
    },
  ]
}

/** The Service in front of the nodes, and each node by the name under which the others announce it. */
function namesOf(environment: Environment, nodes: string): string[] {
  const service = serviceHost(environment, nodes)
  const each = `*.${serviceHost(environment, `${nodes}-headless`)}`
  return [service, `${service}.cluster.local`, each, `${each}.cluster.local`]
}

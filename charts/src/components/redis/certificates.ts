import { redisName, selectorLabels, serviceHost } from '@hadal/platform/names'
import { Construct } from 'constructs'
import type { EnvironmentProps } from '../../environment-props.ts'
import { Certificate, CertificateSpecUsages, Issuer } from '../../generated/cert-manager.io.js'
import { privateKey } from '../../private-key.ts'
import { redisNodeSet, redisNodes } from '../../redis-operator-pods.ts'

const authority = `${redisName}-ca`
const selfSigned = `${redisName}-self-signed`
export const redisCertificate = `${redisName}-tls`

const issuer = (name: string) => ({ group: 'cert-manager.io', kind: 'Issuer', name }) as const

/**
 * Certificate for all Redis nodes, issued by a CA of this namespace. No client outside connects to the nodes, and no public CA signs names
 * that end in `.svc`. Clients read the CA certificate from `redis-tls/ca.crt`.
 */
export class RedisCertificates extends Construct {
  constructor(scope: Construct, id: string, { environment }: EnvironmentProps) {
    super(scope, id)
    const metadata = (name: string) => ({ name, labels: selectorLabels('cache') })
    new Issuer(this, 'self-signed', { metadata: metadata(selfSigned), spec: { selfSigned: {} } })
    new Certificate(this, 'authority', {
      metadata: metadata(authority),
      spec: {
        secretName: authority,
        commonName: `${authority}.${environment.namespace}`,
        isCa: true,
        // Ten years, renewed after two thirds. Nodes get certificates from the new one before the old one ends.
        duration: '87600h',
        issuerRef: issuer(selfSigned),
        privateKey,
      },
    })
    new Issuer(this, 'issuer', { metadata: metadata(authority), spec: { ca: { secretName: authority } } })
    new Certificate(this, 'certificate', {
      metadata: metadata(redisCertificate),
      spec: {
        secretName: redisCertificate,
        dnsNames: ['localhost', ...redisNodes.flatMap((node) => namesOf(environment, redisNodeSet(node)))],
        // Nodes are clients of each other.
        usages: [
          CertificateSpecUsages.DIGITAL_SIGNATURE,
          CertificateSpecUsages.SERVER_AUTH,
          CertificateSpecUsages.CLIENT_AUTH,
        ],
        issuerRef: issuer(authority),
        privateKey,
      },
    })
  }
}

/** DNS names of the Service for one kind of Redis nodes, and of each node. The nodes announce these names to each other. */
function namesOf(environment: EnvironmentProps['environment'], nodes: string): string[] {
  const service = serviceHost(environment, nodes)
  const each = `*.${serviceHost(environment, `${nodes}-headless`)}`
  return [service, `${service}.cluster.local`, each, `${each}.cluster.local`]
}

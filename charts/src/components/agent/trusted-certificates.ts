import type { Environment } from '@hadal/platform/environment'
import { agentNames, selectorLabels } from '@hadal/platform/names'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'

const folder = '/etc/trusted-certificates'
const file = 'ca.crt'
const name = 'trusted-certificates'

/** The environment's trusted CA certificates as the text of one PEM file. Undefined if the environment has none. */
export function trustedCertificatesFile({ trustedCertificates }: Environment): string | undefined {
  const certificates = Object.entries(trustedCertificates).toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (certificates.length === 0) return undefined
  return certificates.map(([title, pem]) => `# ${title}\n${pem.trim()}\n`).join('')
}

/** ConfigMap with the CA certificates that the server trusts in addition to the public ones. */
export class TrustedCertificates extends Construct {
  constructor(scope: Construct, id: string, { certificates }: { readonly certificates: string }) {
    super(scope, id)
    new k8s.KubeConfigMap(this, 'config-map', {
      metadata: { name: agentNames.trustedCertificates, labels: selectorLabels('server') },
      data: { [file]: certificates },
    })
  }
}

/** Volume, mount and variable with which Node.js trusts the environment's CA certificates; empty if the environment has none. */
export function trustedCertificatesVolume(environment: Environment): {
  readonly volumes: k8s.Volume[]
  readonly mounts: k8s.VolumeMount[]
  readonly env: k8s.EnvVar[]
} {
  if (trustedCertificatesFile(environment) === undefined) return { volumes: [], mounts: [], env: [] }
  return {
    volumes: [{ name, configMap: { name: agentNames.trustedCertificates } }],
    mounts: [{ name, mountPath: folder, readOnly: true }],
    env: [{ name: 'NODE_EXTRA_CA_CERTS', value: `${folder}/${file}` }],
  }
}

import { createHash } from 'node:crypto'
import { agentNames, selectorLabels } from '@hadal/platform/names'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import type { EnvironmentProps } from '../../environment-props.ts'
import { trustedCertificatesFile } from './trusted-certificates.ts'
import { settingVariables } from './variables.ts'

/** ConfigMap with every setting of the server that isn't secret. */
export class AgentSettings extends Construct {
  /**
   * Annotation of pod templates with a checksum of the settings and of the trusted CA certificates. Pods read both once, so a changed checksum
   * makes the Deployment replace its pods.
   */
  readonly checksum: { readonly 'checksum/settings': string }

  constructor(scope: Construct, id: string, { environment }: EnvironmentProps) {
    super(scope, id)
    const data = Object.fromEntries(
      Object.entries(settingVariables(environment)).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    )
    new k8s.KubeConfigMap(this, 'config-map', {
      metadata: { name: agentNames.settings, labels: selectorLabels('server') },
      data,
    })
    const certificates = trustedCertificatesFile(environment)
    this.checksum = { 'checksum/settings': checksumOf({ ...data, ...(certificates ? { certificates } : {}) }) }
  }
}

const checksumOf = (data: Readonly<Record<string, string>>): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(data).toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex')

import { healthChecks } from '@hadal/platform/argocd-health-checks'
import type { Environment } from '@hadal/platform/environment'
import { type KubernetesObject, releaseObjects } from '../operators/release-objects.ts'

/** Namespace in the manifests of Argo CD's release. */
const writtenFor = 'argocd'

/** Objects of Argo CD's release, moved to the configured namespace and with the additional health checks. */
export function installObjects(
  { cluster }: Pick<Environment, 'cluster'>,
  manifests: string,
): readonly KubernetesObject[] {
  return releaseObjects(manifests, writtenFor, cluster.argocdNamespace).map((object) =>
    object.kind === 'ConfigMap' && object.metadata.name === 'argocd-cm' ? { ...object, data: healthChecks() } : object,
  )
}

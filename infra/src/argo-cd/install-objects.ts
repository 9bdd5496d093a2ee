import type { Environment } from '@hadal/platform/environment'
import { type KubernetesObject, releaseObjects } from '../operators/release-objects.ts'
import { healthChecks } from './health-checks.ts'

/** The namespace that Argo CD's release is written for. */
const writtenFor = 'argocd'

/** Argo CD's release in the environment's namespace for it, with our health checks in its settings. */
export function installObjects(
  { cluster }: Pick<Environment, 'cluster'>,
  manifests: string,
): readonly KubernetesObject[] {
  return releaseObjects(manifests, writtenFor, cluster.argocdNamespace).map((object) =>
    object.kind === 'ConfigMap' && object.metadata.name === 'argocd-cm' ? { ...object, data: healthChecks() } : object,
  )
}

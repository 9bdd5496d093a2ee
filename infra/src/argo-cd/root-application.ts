import type { Environment } from '@hadal/platform/environment'
import { argocdNames, commonLabels, manifestsFolder } from '@hadal/platform/names'

/**
 * The one Application of an environment that Pulumi makes. It syncs the folder of the `argocd` component: the AppProject and an Application
 * for each other component. It prunes none of them: an Application that left Git takes its objects along only when a person says so.
 */
export const rootApplication = (environment: Pick<Environment, 'name' | 'cluster' | 'repository'>) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: {
    name: argocdNames.root(environment),
    namespace: environment.cluster.argocdNamespace,
    labels: commonLabels(environment),
  },
  spec: {
    // The environment's own AppProject comes with the folder that this Application syncs, so it can't be under it.
    project: 'default',
    source: {
      repoURL: environment.repository.url,
      targetRevision: environment.repository.revision,
      path: `${manifestsFolder(environment.name)}/argocd`,
    },
    destination: { server: 'https://kubernetes.default.svc', namespace: environment.cluster.argocdNamespace },
    syncPolicy: {
      automated: { prune: false, selfHeal: true },
      syncOptions: ['CreateNamespace=false', 'ServerSideApply=true'],
      // For ever, and with the newest commit: a database that takes an hour, or a mended manifest, needs nobody who asks for another sync.
      retry: { limit: -1, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
    },
  },
})

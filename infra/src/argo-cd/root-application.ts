import type { Environment } from '@hadal/platform/environment'
import { argocdNames, commonLabels, manifestsFolder } from '@hadal/platform/names'

/**
 * Root Application of an environment, the only one that Pulumi creates. It syncs the folder of the `argocd` component: the AppProject and an
 * Application for each other component. It does not prune: removing an Application that was deleted from Git needs a manual step, because it
 * also removes the Application's objects.
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
    // This Application creates the environment's AppProject, so it can't belong to it.
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
      // Unlimited retries with the newest commit, so that a slow database or a fixed manifest needs no manual sync.
      retry: { limit: -1, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
    },
  },
})

import type { Environment } from '@hadal/platform/environment'
import { argocdNames, type Component, commonLabels, manifestsFolder } from '@hadal/platform/names'
import { Chart } from 'cdk8s'
import type { Construct } from 'constructs'
import { addObject } from '../add-object.ts'
import type { Wave } from '../waves.ts'

/** What an Application of an environment may make: these kinds, in its own namespace. None that grants rights, none of the cluster's. */
export const allowedKinds = [
  { group: '', kind: 'ConfigMap' },
  { group: '', kind: 'LimitRange' },
  { group: '', kind: 'PersistentVolumeClaim' },
  { group: '', kind: 'ResourceQuota' },
  { group: '', kind: 'Service' },
  { group: '', kind: 'ServiceAccount' },
  { group: 'apps', kind: 'Deployment' },
  { group: 'apps', kind: 'StatefulSet' },
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler' },
  { group: 'barmancloud.cnpg.io', kind: 'ObjectStore' },
  { group: 'batch', kind: 'Job' },
  { group: 'cert-manager.io', kind: 'Certificate' },
  { group: 'cert-manager.io', kind: 'Issuer' },
  { group: 'external-secrets.io', kind: 'ExternalSecret' },
  { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' },
  { group: 'keda.sh', kind: 'ScaledObject' },
  { group: 'monitoring.coreos.com', kind: 'PodMonitor' },
  { group: 'monitoring.coreos.com', kind: 'PrometheusRule' },
  { group: 'networking.k8s.io', kind: 'Ingress' },
  { group: 'networking.k8s.io', kind: 'NetworkPolicy' },
  { group: 'policy', kind: 'PodDisruptionBudget' },
  { group: 'postgresql.cnpg.io', kind: 'Cluster' },
  { group: 'postgresql.cnpg.io', kind: 'Pooler' },
  { group: 'postgresql.cnpg.io', kind: 'ScheduledBackup' },
  { group: 'redis.redis.opstreelabs.in', kind: 'RedisCluster' },
] as const

/**
 * What an environment with sandboxes may make beside these. Rights among them: the server's to claim sandboxes, which `roles` in
 * `validate/rules` holds every Role to.
 */
export const sandboxKinds = [
  { group: 'extensions.agents.x-k8s.io', kind: 'SandboxTemplate' },
  { group: 'extensions.agents.x-k8s.io', kind: 'SandboxWarmPool' },
  { group: 'rbac.authorization.k8s.io', kind: 'Role' },
  { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding' },
] as const

/** Components that an Application syncs; `argocd` itself is what the root Application syncs. */
export type SyncedComponent = Exclude<Component, 'argocd'>

const waveOf: Readonly<Record<SyncedComponent, Wave>> = {
  tenancy: 'accounts',
  secrets: 'accounts',
  postgres: 'data',
  redis: 'data',
  sandbox: 'data',
  agent: 'workloads',
  observability: 'scalers',
}

/**
 * The project that bounds an environment, and one Application a component. They stand in Argo CD's own namespace, where the root
 * Application, which Pulumi makes, brings them.
 *
 * @param synced the components that have objects: an Application without a folder would never be healthy
 */
export class Argocd extends Chart {
  constructor(scope: Construct, id: string, environment: Environment, synced: readonly SyncedComponent[]) {
    const { cluster, name, namespace, repository } = environment
    super(scope, id, { namespace: cluster.argocdNamespace })
    const labels = commonLabels(environment)
    const destination = { server: cluster.server, namespace }

    addObject(this, 'project', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: argocdNames.project(environment), labels },
      spec: {
        description: `What the environment ${name} may make, and where.`,
        sourceRepos: [repository.url],
        destinations: [destination],
        clusterResourceWhitelist: [],
        namespaceResourceWhitelist: [...allowedKinds, ...(environment.sandbox.kind === 'none' ? [] : sandboxKinds)],
      },
    })

    for (const component of synced)
      addObject(this, waveOf[component], {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: {
          name: argocdNames.application(environment, component),
          labels,
          // Compared by the API server itself: defaults that it fills in are no difference.
          annotations: { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' },
          // What a component no longer has goes with it; data services say themselves that they stay.
          finalizers: ['resources-finalizer.argocd.argoproj.io'],
        },
        spec: {
          project: argocdNames.project(environment),
          source: {
            repoURL: repository.url,
            targetRevision: repository.revision,
            path: `${manifestsFolder(name)}/${component}`,
          },
          destination,
          revisionHistoryLimit: 5,
          syncPolicy: {
            automated: { prune: true, selfHeal: true, allowEmpty: false },
            syncOptions: ['CreateNamespace=false', 'ServerSideApply=true', 'PruneLast=true'],
            // For ever, and with the newest commit: what was mended in Git or in the cluster is then taken up without anybody's help.
            retry: { limit: -1, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
          },
        },
      })
  }
}

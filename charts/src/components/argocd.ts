import { argocdNames, manifestsFolder } from '@hadal/platform/names'
import type { Construct } from 'constructs'
import { ComponentChart } from '../component-chart.ts'
import type { EnvironmentProps } from '../environment-props.ts'
import { Application, AppProject } from '../generated/argoproj.io.js'
import { componentWaves, type SyncedComponent, waveAnnotation } from '../waves.ts'

/** Kinds that an environment's Applications may create in its namespace. None of them grants rights or is cluster-wide. */
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
  { group: 'batch', kind: 'CronJob' },
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
 * Kinds that the Applications of an environment with sandboxes may create in addition. A Role lets the server claim sandboxes; the rule in
 * `validate/rules/sandboxes.ts` allows no other right.
 */
export const sandboxKinds = [
  { group: 'extensions.agents.x-k8s.io', kind: 'SandboxTemplate' },
  { group: 'extensions.agents.x-k8s.io', kind: 'SandboxWarmPool' },
  { group: 'rbac.authorization.k8s.io', kind: 'Role' },
  { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding' },
] as const

export interface ArgocdProps extends EnvironmentProps {
  /** Components that have objects. The others get no Application, because an Application without a folder never becomes healthy. */
  readonly synced: readonly SyncedComponent[]
}

/**
 * Argo CD's objects of an environment: the AppProject that limits its Applications, and one Application per component, in Argo CD's own
 * namespace. The root Application, which Pulumi creates, syncs them.
 */
export class Argocd extends ComponentChart {
  constructor(scope: Construct, id: string, { environment, synced }: ArgocdProps) {
    const { cluster, name, namespace, repository, sandbox } = environment
    super(scope, id, { environment, namespace: cluster.argocdNamespace })
    const project = argocdNames.project(environment)
    const destination = { server: cluster.server, namespace }

    new AppProject(this, 'project', {
      metadata: { name: project, annotations: waveAnnotation('project') },
      spec: {
        description: `What the environment ${name} may make, and where.`,
        sourceRepos: [repository.url],
        destinations: [destination],
        clusterResourceWhitelist: [],
        namespaceResourceWhitelist: [...allowedKinds, ...(sandbox.kind === 'none' ? [] : sandboxKinds)],
      },
    })

    for (const component of synced)
      new Application(this, component, {
        metadata: {
          name: argocdNames.application(environment, component),
          annotations: {
            ...waveAnnotation(componentWaves[component]),
            // The API server itself compares: defaults that it sets are not a difference.
            'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
          },
          // Argo CD deletes the component's objects with the Application; data services are excepted by their own annotation.
          finalizers: ['resources-finalizer.argocd.argoproj.io'],
        },
        spec: {
          project,
          source: {
            repoUrl: repository.url,
            targetRevision: repository.revision,
            path: `${manifestsFolder(name)}/${component}`,
          },
          destination,
          revisionHistoryLimit: 5,
          syncPolicy: {
            automated: { prune: true, selfHeal: true, allowEmpty: false },
            syncOptions: ['CreateNamespace=false', 'ServerSideApply=true', 'PruneLast=true'],
            // Retries without end, and with the newest commit: a mended commit or cluster is taken up without a person.
            retry: { limit: -1, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
          },
        },
      })
  }
}

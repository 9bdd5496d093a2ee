import type { Deployment, StatefulSet } from 'kubernetes-types/apps/v1.d.ts'
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2.d.ts'
import type { Job } from 'kubernetes-types/batch/v1.d.ts'
import type {
  ConfigMap,
  LimitRange,
  PersistentVolumeClaim,
  ResourceQuota,
  Service,
  ServiceAccount,
} from 'kubernetes-types/core/v1.d.ts'
import type { Ingress, NetworkPolicy } from 'kubernetes-types/networking/v1.d.ts'
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1.d.ts'
import type { Role, RoleBinding } from 'kubernetes-types/rbac/v1.d.ts'
import type { SandboxTemplate, SandboxWarmPool } from './custom-kinds/agent-sandbox.ts'
import type { Application, AppProject } from './custom-kinds/argocd.ts'
import type { Certificate, Issuer } from './custom-kinds/certificate.ts'
import type { Cluster, ObjectStore, Pooler, ScheduledBackup } from './custom-kinds/cloudnative-pg.ts'
import type { ExternalSecret } from './custom-kinds/external-secret.ts'
import type { HttpRoute } from './custom-kinds/http-route.ts'
import type { PodMonitor, PrometheusRule } from './custom-kinds/prometheus.ts'
import type { RedisCluster } from './custom-kinds/redis-cluster.ts'
import type { ScaledObject } from './custom-kinds/scaled-object.ts'

interface Metadata {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly finalizers?: string[]
}

interface Kind {
  apiVersion?: string
  kind?: string
}

/** A kind of `kubernetes-types`, with the fields that every object of ours has. */
export type ManifestOf<Body extends Kind> = Omit<Body, 'apiVersion' | 'kind' | 'metadata' | 'status'> & {
  apiVersion: NonNullable<Body['apiVersion']>
  kind: NonNullable<Body['kind']>
  metadata: Metadata
}

/** Every kind that the charts write. A new one is a line here, and one in the AppProject that lets it in. */
export type Manifest =
  | ManifestOf<Application>
  | ManifestOf<AppProject>
  | ManifestOf<Certificate>
  | ManifestOf<Cluster>
  | ManifestOf<ConfigMap>
  | ManifestOf<Deployment>
  | ManifestOf<ExternalSecret>
  | ManifestOf<HorizontalPodAutoscaler>
  | ManifestOf<HttpRoute>
  | ManifestOf<Ingress>
  | ManifestOf<Issuer>
  | ManifestOf<Job>
  | ManifestOf<LimitRange>
  | ManifestOf<NetworkPolicy>
  | ManifestOf<ObjectStore>
  | ManifestOf<PersistentVolumeClaim>
  | ManifestOf<PodDisruptionBudget>
  | ManifestOf<PodMonitor>
  | ManifestOf<Pooler>
  | ManifestOf<PrometheusRule>
  | ManifestOf<RedisCluster>
  | ManifestOf<ResourceQuota>
  | ManifestOf<Role>
  | ManifestOf<RoleBinding>
  | ManifestOf<SandboxTemplate>
  | ManifestOf<SandboxWarmPool>
  | ManifestOf<ScaledObject>
  | ManifestOf<ScheduledBackup>
  | ManifestOf<Service>
  | ManifestOf<ServiceAccount>
  | ManifestOf<StatefulSet>

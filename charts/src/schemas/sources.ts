import type { KubernetesVersion } from '@hadal/platform/schema/cluster'

/**
 * Sources of the schemas: Go modules, which Go downloads from the module proxy and checks by their sums.
 * To move a version or add a kind, edit here and run `node charts/src/schemas/generate.ts`.
 */

/** Kubernetes' own kinds, as each release's own `api/openapi-spec/swagger.json` describes them. */
export const kubernetesReleases = {
  '1.34': 'k8s.io/kubernetes@v1.34.4',
  '1.35': 'k8s.io/kubernetes@v1.35.4',
  '1.36': 'k8s.io/kubernetes@v1.36.3',
  '1.37': 'k8s.io/kubernetes@v1.37.2',
} as const satisfies Record<KubernetesVersion, string>

/** The kinds that the charts may render, by `apiVersion`. */
export const kubernetesKinds: Readonly<Record<string, readonly string[]>> = {
  v1: [
    'ConfigMap',
    'LimitRange',
    'Namespace',
    'PersistentVolumeClaim',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'apps/v1': ['Deployment', 'StatefulSet'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'networking.k8s.io/v1': ['Ingress', 'NetworkPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['Role', 'RoleBinding'],
}

export interface CustomSource {
  /** The Go module with the CustomResourceDefinitions; undefined for those in `./definitions`, which no registry has. */
  readonly module?: string
  /** Paths of CustomResourceDefinitions inside the Go module. */
  readonly files: readonly string[]
  /** Kinds that the charts don't write: they get a schema but no construct. */
  readonly schemaOnly?: readonly string[]
  /**
   * Large parts of a kind that the charts never write, left out of schema and construct: `Kind.property.property`. A path leads through lists
   * to their items.
   */
  readonly without?: readonly string[]
  /**
   * Parts of a kind that are a type of Kubernetes itself (`core/v1`): path and type, such as `PodSpec`. Schema and construct then refer to
   * that type.
   */
  readonly core?: Readonly<Record<string, string>>
}

export const customSources: readonly CustomSource[] = [
  {
    module: 'github.com/argoproj/argo-cd/v3@v3.6.1',
    files: ['manifests/crds/application-crd.yaml', 'manifests/crds/appproject-crd.yaml'],
    without: ['Application.operation'],
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator@v0.93.1',
    files: ['podmonitors', 'prometheusrules', 'servicemonitors'].map(
      (name) => `example/prometheus-operator-crd/monitoring.coreos.com_${name}.yaml`,
    ),
    schemaOnly: ['ServiceMonitor'],
  },
  {
    module: 'github.com/external-secrets/external-secrets@v1.3.2',
    files: ['externalsecrets', 'secretstores'].map((name) => `config/crds/bases/external-secrets.io_${name}.yaml`),
    schemaOnly: ['SecretStore'],
  },
  {
    module: 'github.com/kedacore/keda/v2@v2.21.0',
    files: ['scaledobjects', 'triggerauthentications'].map((name) => `config/crd/bases/keda.sh_${name}.yaml`),
    schemaOnly: ['TriggerAuthentication'],
  },
  {
    module: 'sigs.k8s.io/gateway-api@v1.7.0',
    files: ['gateways', 'httproutes'].map((name) => `config/crd/standard/gateway.networking.k8s.io_${name}.yaml`),
    schemaOnly: ['Gateway'],
  },
  {
    module: 'github.com/cert-manager/cert-manager@v1.21.2',
    files: ['certificates', 'issuers'].map((name) => `deploy/crds/cert-manager.io_${name}.yaml`),
    // An authority of the namespace's own is all that the charts make.
    without: ['Issuer.spec.acme', 'Issuer.spec.vault', 'Issuer.spec.venafi'],
  },
  {
    module: 'github.com/cloudnative-pg/plugin-barman-cloud@v0.15.0',
    files: ['config/crd/bases/barmancloud.cnpg.io_objectstores.yaml'],
  },
  {
    module: 'github.com/cloudnative-pg/cloudnative-pg@v1.30.1',
    files: ['clusters', 'poolers', 'scheduledbackups'].map(
      (name) => `config/crd/bases/postgresql.cnpg.io_${name}.yaml`,
    ),
    without: [
      // Deprecated: the plugin barman-cloud backs up.
      'Cluster.spec.backup',
      'Cluster.spec.externalClusters.barmanObjectStore',
      'Cluster.spec.affinity.additionalPodAffinity',
      'Cluster.spec.affinity.additionalPodAntiAffinity',
      'Cluster.spec.managed.services.additional',
      'Cluster.spec.tablespaces',
      'Pooler.spec.serviceTemplate',
    ],
    core: {
      'Cluster.spec.affinity.nodeAffinity': 'NodeAffinity',
      'Cluster.spec.affinity.tolerations': 'Toleration',
      'Cluster.spec.env': 'EnvVar',
      'Cluster.spec.envFrom': 'EnvFromSource',
      'Cluster.spec.ephemeralVolumeSource': 'EphemeralVolumeSource',
      'Cluster.spec.podSecurityContext': 'PodSecurityContext',
      'Cluster.spec.projectedVolumeTemplate': 'ProjectedVolumeSource',
      'Cluster.spec.resources': 'ResourceRequirements',
      'Cluster.spec.seccompProfile': 'SeccompProfile',
      'Cluster.spec.securityContext': 'SecurityContext',
      'Cluster.spec.storage.pvcTemplate': 'PersistentVolumeClaimSpec',
      'Cluster.spec.topologySpreadConstraints': 'TopologySpreadConstraint',
      'Cluster.spec.walStorage.pvcTemplate': 'PersistentVolumeClaimSpec',
      'Pooler.spec.template': 'PodTemplateSpec',
    },
  },
  {
    module: 'sigs.k8s.io/agent-sandbox@v0.5.6',
    files: ['sandboxtemplates', 'sandboxwarmpools'].map((name) => `k8s/crds/extensions.agents.x-k8s.io_${name}.yaml`),
    // The environment's own policies and volumes are enough.
    without: ['SandboxTemplate.spec.networkPolicy', 'SandboxTemplate.spec.volumeClaimTemplates'],
    core: { 'SandboxTemplate.spec.podTemplate.spec': 'PodSpec' },
  },
  { files: ['redis.redis.opstreelabs.in_redisclusters.yaml'] },
]

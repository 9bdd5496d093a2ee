import type { KubernetesVersion } from '@hadal/platform/schema/cluster'

/**
 * Where the schemas come from: Go modules, which the module proxy serves by name and version and Go checks by their sums.
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
  readonly module: string
  /** Files of CustomResourceDefinitions inside the module. */
  readonly files: readonly string[]
  /** Parts that the charts never write, left out because they are large: `Kind.property.property`. */
  readonly without?: readonly string[]
}

export const customSources: readonly CustomSource[] = [
  {
    module: 'github.com/argoproj/argo-cd/v3@v3.6.1',
    files: ['manifests/crds/application-crd.yaml', 'manifests/crds/appproject-crd.yaml'],
    without: ['Application.operation'],
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0',
    files: ['podmonitors', 'prometheusrules', 'servicemonitors'].map(
      (name) => `example/prometheus-operator-crd/monitoring.coreos.com_${name}.yaml`,
    ),
  },
  {
    module: 'github.com/external-secrets/external-secrets@v1.3.2',
    files: ['externalsecrets', 'secretstores'].map((name) => `config/crds/bases/external-secrets.io_${name}.yaml`),
  },
  {
    module: 'github.com/kedacore/keda/v2@v2.21.0',
    files: ['scaledobjects', 'triggerauthentications'].map((name) => `config/crd/bases/keda.sh_${name}.yaml`),
  },
  {
    module: 'sigs.k8s.io/gateway-api@v1.7.0',
    files: ['gateways', 'httproutes'].map((name) => `config/crd/standard/gateway.networking.k8s.io_${name}.yaml`),
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
]

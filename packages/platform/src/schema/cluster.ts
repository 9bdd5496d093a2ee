import { z } from 'zod'
import { ClusterDns } from './cluster-dns.ts'
import { Cidr, DnsLabel, HttpsUrl } from './scalars.ts'

/** Kubernetes versions whose schemas every rendered object is validated against. */
export const kubernetesVersions = ['1.34', '1.35', '1.36', '1.37'] as const
export type KubernetesVersion = (typeof kubernetesVersions)[number]

/** Address of the API server of the cluster in which Argo CD itself runs. */
export const inCluster = 'https://kubernetes.default.svc'

/** Namespaces of the operators' official installations, in which a Pulumi stack installs them. */
export const operatorNamespaces = { cloudNativePg: 'cnpg-system', redisOperator: 'ot-operators' } as const

/** Namespaces of the operators that connect to the environment's pods. NetworkPolicies admit only these namespaces. */
const OperatorNamespaces = z.strictObject({
  cloudNativePg: DnsLabel.default(operatorNamespaces.cloudNativePg),
  /** Namespace of the redis-operator. It has no effect unless `redis.kind` is `cluster`. */
  redisOperator: DnsLabel.default(operatorNamespaces.redisOperator),
})

/** Properties of the environment's cluster: its operators, address and namespaces. */
export const Cluster = z.strictObject({
  /** Who installs the operators and Argo CD. `managed`: this environment's Pulumi stack. `present`: they are already installed. */
  operators: z.enum(['managed', 'present']),
  operatorNamespaces: OperatorNamespaces.prefault({}),
  /** Name of the cluster, the same in all environments on it. Two environments of one cluster must have different namespaces. */
  name: DnsLabel.default('default'),
  /** Address of the cluster's API server, as seen by Argo CD. */
  server: HttpsUrl.default(inCluster),
  dns: ClusterDns,
  /**
   * IPv4 ranges of the Kubernetes API server, for the NetworkPolicies of pods that connect to it: those of CloudNativePG, and agents that claim
   * sandboxes. Without it, pods of CloudNativePG may connect to every address at ports 443 and 6443.
   */
  apiServerAddresses: z.array(Cidr).min(1).optional(),
  argocdNamespace: DnsLabel.default('argocd'),
  /** Namespace of Prometheus, the only one whose pods may connect to the metrics port. */
  monitoringNamespace: DnsLabel.default('monitoring'),
  /** Value of the label `release` by which the cluster's Prometheus selects monitors and PrometheusRules. */
  prometheusRelease: DnsLabel.default('prometheus'),
})
export type Cluster = z.infer<typeof Cluster>

/** Git repository from which Argo CD reads `environments/<name>/manifests`. */
export const Repository = z.strictObject({
  url: z
    .string()
    .regex(
      /^(https:\/\/|ssh:\/\/|git@|file:\/\/)(?!-)\S+$/,
      'an address of a Git repository, e.g. "https://git.example.com/platform/hadal.git"',
    ),
  revision: z
    .string()
    .regex(/^(?!-)\S+$/, 'a branch, a tag or a commit: without spaces, and not starting with "-", e.g. "main"')
    .default('main'),
  /**
   * URL of the repository's folder in a browser, for links to runbooks; `{revision}` becomes the revision. Only needed if the pages can't be
   * derived from `url`: GitHub, GitLab, Gitea, Forgejo and Bitbucket Cloud are known by their host names.
   */
  browseUrl: HttpsUrl.optional(),
})
export type Repository = z.infer<typeof Repository>

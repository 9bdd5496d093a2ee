import { z } from 'zod'
import { DnsLabel, HttpsUrl } from './scalars.ts'

/** Versions of Kubernetes that every object is validated against. */
export const kubernetesVersions = ['1.34', '1.35', '1.36', '1.37'] as const
export type KubernetesVersion = (typeof kubernetesVersions)[number]

/** What a cluster brings, and where in it things stand. */
export const Cluster = z.strictObject({
  /** `managed`: this stack installs operators and Argo CD. `present`: another did. */
  operators: z.enum(['managed', 'present']),
  /** The API server as Argo CD sees it. */
  server: HttpsUrl.default('https://kubernetes.default.svc'),
  argocdNamespace: DnsLabel.default('argocd'),
  /** Namespace of the Prometheus that scrapes: the only one that may open the metrics port. */
  monitoringNamespace: DnsLabel.default('monitoring'),
  /** The label that the cluster's Prometheus selects ServiceMonitors and PrometheusRules by. */
  prometheusRelease: DnsLabel.default('prometheus'),
})
export type Cluster = z.infer<typeof Cluster>

/** The Git repository that Argo CD reads `environments/<name>/manifests` from. */
export const Repository = z.strictObject({
  url: z
    .string()
    .regex(
      /^(https:\/\/|ssh:\/\/|git@|file:\/\/)\S+$/,
      'an address that git clones from, e.g. "https://git.example.com/platform/hadal.git"',
    ),
  revision: z.string().min(1).default('main'),
})
export type Repository = z.infer<typeof Repository>

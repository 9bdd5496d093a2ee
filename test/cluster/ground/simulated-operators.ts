import { randomBytes } from 'node:crypto'
import type { Cluster, KubernetesObject, WatchEvent } from './cluster.ts'

/**
 * Starts simulations of external-secrets, CloudNativePG and KEDA. They create the objects of the real operators that other objects depend on.
 * kwok's stages (`kwok/`) write the `status`. The tests therefore don't show that the real operators accept our resources.
 *
 * @returns a function that stops the simulations
 */
export async function startSimulatedOperators(cluster: Cluster): Promise<() => void> {
  const stops = await Promise.all([
    cluster.watch('external-secrets.io/v1/ExternalSecret', undefined, make(cluster, secretOf)),
    cluster.watch('postgresql.cnpg.io/v1/Cluster', undefined, make(cluster, instancesOf)),
    cluster.watch('postgresql.cnpg.io/v1/Pooler', undefined, make(cluster, poolerOf)),
    cluster.watch('keda.sh/v1alpha1/ScaledObject', undefined, make(cluster, autoscalerOf)),
  ])
  return () => {
    for (const stop of stops) stop()
  }
}

type Made = (owner: Owner) => KubernetesObject[]
interface Owner extends KubernetesObject {
  readonly spec: Spec
}
interface Spec {
  readonly scaleTargetRef?: object
  readonly minReplicaCount?: number
  readonly maxReplicaCount?: number
  readonly advanced?: {
    readonly horizontalPodAutoscalerConfig?: { readonly name?: string; readonly behavior?: object }
  }
  readonly instances?: number
  readonly resources?: object
  readonly cluster?: { readonly name: string }
  readonly template?: { readonly spec?: { readonly containers?: readonly { readonly resources?: object }[] } }
  readonly target?: {
    readonly name: string
    readonly cluster?: { readonly name: string }
    readonly template?: { readonly metadata?: object; readonly data?: object }
  }
}

function make(cluster: Cluster, objects: Made) {
  return ({ type, object }: WatchEvent) => {
    if (type !== 'ADDED' && type !== 'MODIFIED') return
    if (object.metadata.deletionTimestamp) return
    const owner = object as unknown as Owner
    const { apiVersion, kind, metadata } = owner
    const ownerReferences = [{ apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true }]
    for (const made of objects(owner)) {
      const whole = { ...made, metadata: { ...made.metadata, namespace: metadata.namespace, ownerReferences } }
      // The object may exist already, or its namespace may be terminating. The next event tries again.
      cluster.apply(whole, 'simulated-operators').catch(() => {})
    }
  }
}

const secretOf: Made = ({ spec: { target } }) => [
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { ...target?.template?.metadata, name: target?.name ?? '' },
    stringData: Object.fromEntries(
      Object.keys(target?.template?.data ?? {}).map((key) => [key, `test-${randomBytes(4).toString('hex')}`]),
    ),
  },
]

/**
 * Objects of a simulated CloudNativePG Cluster: its pods, with the resources of the Cluster's spec so that they count against the quota, and
 * the Secret with its CA certificate.
 */
const instancesOf: Made = ({ metadata, spec }) => [
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `${metadata.name}-ca` },
    stringData: { 'ca.crt': 'simulated' },
  },
  ...Array.from({ length: spec.instances ?? 1 }, (_, index): KubernetesObject => {
    const name = `${metadata.name}-${index + 1}`
    const labels = { 'cnpg.io/cluster': metadata.name, 'cnpg.io/podRole': 'instance' }
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels: { ...labels, 'cnpg.io/instanceRole': index === 0 ? 'primary' : 'replica' } },
      spec: podSpec('postgres', spec.resources),
    }
  }),
]

const poolerOf: Made = ({ metadata, spec }) => {
  const podLabels = { 'cnpg.io/cluster': spec.cluster?.name ?? '', 'cnpg.io/poolerName': metadata.name }
  const resources = spec.template?.spec?.containers?.[0]?.resources
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: metadata.name },
      spec: {
        replicas: spec.instances,
        selector: { matchLabels: podLabels },
        template: { metadata: { labels: podLabels }, spec: podSpec('pgbouncer', resources) },
      },
    },
  ]
}

/** The HorizontalPodAutoscaler of a ScaledObject. No server has its metric here, so it keeps the minimum number of pods. */
const autoscalerOf: Made = ({ metadata, spec }) => [
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: spec.advanced?.horizontalPodAutoscalerConfig?.name ?? `keda-hpa-${metadata.name}` },
    spec: {
      scaleTargetRef: spec.scaleTargetRef,
      minReplicas: spec.minReplicaCount,
      maxReplicas: spec.maxReplicaCount,
      behavior: spec.advanced?.horizontalPodAutoscalerConfig?.behavior,
      metrics: [
        {
          type: 'External',
          external: { metric: { name: 's0-prometheus' }, target: { type: 'AverageValue', averageValue: '1' } },
        },
      ],
    },
  },
]

const podSpec = (name: string, resources: object | undefined) => ({
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, runAsUser: 26, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      name,
      image: `simulated/${name}`,
      resources,
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
    },
  ],
})

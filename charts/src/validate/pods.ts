import { acmeSolver } from '@hadal/platform/names'
import type { JsonRecord, RenderedObject } from '../rendered-object.ts'
import { at, listAt, recordAt, textAt, textsAt } from './read-json.ts'
import { ofKind, type Subject } from './subject.ts'

/** The pod template of an object. */
export interface Pod {
  readonly maker: RenderedObject
  readonly labels: Readonly<Record<string, string>>
  /** The pod's `spec`; empty if an operator writes it. */
  readonly spec: JsonRecord
  /** Path of the pod template in the object that creates the pod: `spec.template`. */
  readonly path: string
  /** Numbers of the pod's container ports. `portNames` are their names. */
  readonly ports: ReadonlySet<number>
  readonly portNames: ReadonlySet<string>
}

const templates: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  SandboxTemplate: ['spec', 'podTemplate'],
}

/** Cache of pod templates by list of objects, because most rules need them. */
const known = new WeakMap<Subject['objects'], readonly Pod[]>()

/** Every pod template of the environment, including those of pods that operators create. */
export function podsOf(subject: Pick<Subject, 'objects'>): readonly Pod[] {
  const pods = known.get(subject.objects) ?? readPods(subject)
  known.set(subject.objects, pods)
  return pods
}

function readPods(subject: Pick<Subject, 'objects'>): Pod[] {
  const written = ofKind(subject, ...Object.keys(templates)).map((maker) => {
    const path = templates[maker.kind] ?? []
    const template = recordAt(maker.object, ...path)
    return podOf(maker, textsAt(template, 'metadata', 'labels'), recordAt(template, 'spec'), path.join('.'))
  })
  return [...written, ...podsOfOperators(subject)]
}

/** Pods that operators create from their custom resources. Only their labels and ports are known. */
export function podsOfOperators(subject: Pick<Subject, 'objects'>): Pod[] {
  return [...podsOfCloudNativePg(subject), ...podsOfRedisOperator(subject), ...podsOfCertManager(subject)]
}

/** Containers and init containers of a pod, with their paths in the object that creates the pod. */
export function containersOf({ spec, path }: Pod): [JsonRecord, string][] {
  return (['initContainers', 'containers'] as const).flatMap((list) =>
    listAt(spec, list).map((container, index): [JsonRecord, string] => [
      container as JsonRecord,
      `${path}.spec.${list}[${index}]`,
    ]),
  )
}

function podOf(maker: RenderedObject, labels: Record<string, string>, spec: JsonRecord, path: string): Pod {
  // An init container with `restartPolicy: Always` is a sidecar, and may listen.
  const listening = [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')]
  const ports = listening.flatMap((container) => listAt(container, 'ports'))
  return {
    maker,
    labels,
    spec,
    path,
    ports: new Set(ports.map((port) => at(port, 'containerPort')).filter((port) => typeof port === 'number')),
    portNames: new Set(ports.map((port) => textAt(port, 'name')).filter((name) => name !== undefined)),
  }
}

/** Labels and ports of CloudNativePG's pods, by version 1.30. It sets the `app.kubernetes.io/` labels itself and ignores ours. */
function podsOfCloudNativePg(subject: Pick<Subject, 'objects'>): Pod[] {
  const usual = (cluster: string, component: string) => ({
    'app.kubernetes.io/name': 'postgresql',
    'app.kubernetes.io/instance': cluster,
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/managed-by': 'cloudnative-pg',
    'cnpg.io/cluster': cluster,
  })
  const clusters = ofKind(subject, 'Cluster').map((maker): Pod => {
    const inherited = textsAt(maker.object, 'spec', 'inheritedMetadata', 'labels')
    const labels = {
      ...inherited,
      ...usual(maker.name, 'database'),
      'cnpg.io/podRole': 'instance',
      'cnpg.io/instanceRole': 'primary',
    }
    const ports = new Map([
      ['postgresql', 5432],
      ['metrics', 9187],
      ['status', 8000],
    ])
    return operated(maker, labels, ports)
  })
  const poolers = ofKind(subject, 'Pooler').map((maker): Pod => {
    const written = textsAt(maker.object, 'spec', 'template', 'metadata', 'labels')
    const cluster = textAt(maker.object, 'spec', 'cluster', 'name') ?? ''
    const own = { 'cnpg.io/poolerName': maker.name, 'cnpg.io/podRole': 'pooler' }
    const ports = new Map([
      ['pgbouncer', 5432],
      ['metrics', 9127],
    ])
    return operated(maker, { ...written, ...usual(cluster, 'pooler'), ...own }, ports)
  })
  return [...clusters, ...poolers]
}

/** Labels and ports of the redis-operator's pods, by version 0.26: its own labels and those of the RedisCluster. */
function podsOfRedisOperator(subject: Pick<Subject, 'objects'>): Pod[] {
  return ofKind(subject, 'RedisCluster').flatMap((maker) =>
    ['leader', 'follower'].map((role) => {
      const own = { app: `${maker.name}-${role}`, redis_setup_type: 'cluster', role, cluster: maker.name }
      const port = Number(at(maker.object, 'spec', 'port') ?? 6379)
      const exporter = Number(at(maker.object, 'spec', 'redisExporter', 'port') ?? 9121)
      const ports = new Map([
        ['redis', port],
        ['bus', port + 10_000],
        ['redis-exporter', exporter],
      ])
      return operated(maker, { ...own, ...textsAt(maker.object, 'metadata', 'labels') }, ports)
    }),
  )
}

/**
 * Labels and port of the pod with which cert-manager may answer an ACME challenge, by version 1.21. Issuers that are rendered themselves are no
 * ACME issuers.
 */
function podsOfCertManager(subject: Pick<Subject, 'objects'>): Pod[] {
  const rendered = new Set(ofKind(subject, 'Issuer').map(({ name }) => name))
  return ofKind(subject, 'Certificate').flatMap((maker) => {
    const issuer = recordAt(maker.object, 'spec', 'issuerRef')
    if (textAt(issuer, 'kind') !== 'ClusterIssuer' && rendered.has(textAt(issuer, 'name') ?? '')) return []
    return [operated(maker, acmeSolver.labels, new Map([['acmesolver', acmeSolver.port]]))]
  })
}

const operated = (maker: RenderedObject, labels: Record<string, string>, ports: ReadonlyMap<string, number>): Pod => ({
  maker,
  labels,
  spec: {},
  path: 'spec',
  ports: new Set(ports.values()),
  portNames: new Set(ports.keys()),
})

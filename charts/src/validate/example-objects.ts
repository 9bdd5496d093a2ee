import type { Json, JsonRecord, KubernetesObject, RenderedObject } from '../rendered-object.ts'
import { toYaml } from '../to-yaml.ts'
import { ofKind, type Subject } from './subject.ts'

/** A small namespace in which everything is right. The tests of the rules break it, one thing at a time. */
const digest = `sha256:${'1'.repeat(64)}`
const labels = { 'app.kubernetes.io/name': 'web' }
const pruneLabels = { 'app.kubernetes.io/name': 'prune' }
const container: JsonRecord = {
  name: 'web',
  image: `registry.example.com/team/web:1.0@${digest}`,
  ports: [{ name: 'http', containerPort: 8000 }],
  livenessProbe: { httpGet: { path: '/health', port: 'http' } },
  readinessProbe: { httpGet: { path: '/ready', port: 8000 } },
  env: [
    { name: 'MODE', valueFrom: { configMapKeyRef: { name: 'web', key: 'mode' } } },
    { name: 'DATABASE_URL_FILE', value: '/run/secrets/db-credentials/url' },
  ],
  envFrom: [{ configMapRef: { name: 'web' } }],
  volumeMounts: [{ name: 'credentials', mountPath: '/run/secrets/db-credentials' }],
}
const template: JsonRecord = {
  metadata: { labels },
  spec: {
    serviceAccountName: 'web',
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: labels },
      },
    ],
    containers: [container],
    volumes: [{ name: 'credentials', secret: { secretName: 'db-credentials', items: [{ key: 'url', path: 'url' }] } }],
  },
}
const job: JsonRecord = {
  metadata: { labels: pruneLabels },
  spec: { restartPolicy: 'Never', containers: [{ name: 'prune', image: `registry.example.com/team/web@${digest}` }] },
}

const bodies: readonly [string, string, string, JsonRecord][] = [
  ['v1', 'ServiceAccount', 'web', {}],
  ['v1', 'ConfigMap', 'web', { data: { mode: 'on' } }],
  ['apps/v1', 'Deployment', 'web', { spec: { selector: { matchLabels: labels }, template } }],
  ['batch/v1', 'CronJob', 'prune', { spec: { schedule: '15 2 * * *', jobTemplate: { spec: { template: job } } } }],
  ['v1', 'Service', 'web', { spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] } }],
  ['policy/v1', 'PodDisruptionBudget', 'web', { spec: { minAvailable: 1, selector: { matchLabels: labels } } }],
  [
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'web',
    { spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 3 } },
  ],
  [
    'networking.k8s.io/v1',
    'NetworkPolicy',
    'default-deny',
    { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
  ],
  [
    'networking.k8s.io/v1',
    'NetworkPolicy',
    'web',
    {
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: { matchLabels: pruneLabels } }], ports: [{ port: 8000 }] }],
      },
    },
  ],
  [
    'networking.k8s.io/v1',
    'NetworkPolicy',
    'prune',
    {
      spec: {
        podSelector: { matchLabels: pruneLabels },
        policyTypes: ['Egress'],
        egress: [{ to: [{ podSelector: { matchLabels: labels } }], ports: [{ port: 8000 }] }],
      },
    },
  ],
  [
    'monitoring.coreos.com/v1',
    'ServiceMonitor',
    'web',
    { spec: { selector: { matchLabels: labels }, endpoints: [{ port: 'http' }] } },
  ],
  [
    'monitoring.coreos.com/v1',
    'PodMonitor',
    'web',
    { spec: { selector: { matchLabels: labels }, podMetricsEndpoints: [{ port: 'http' }] } },
  ],
  [
    'networking.k8s.io/v1',
    'Ingress',
    'web',
    {
      spec: {
        rules: [
          {
            host: 'web.example.com',
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } }],
            },
          },
        ],
      },
    },
  ],
  [
    'rbac.authorization.k8s.io/v1',
    'Role',
    'web',
    { rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }] },
  ],
]

/** Objects of the namespace `example`, rendered as the charts render theirs; a Service has the labels that monitors look for. */
export const exampleSubject = (): Subject => ({
  namespace: 'example',
  argocdNamespace: 'argocd',
  manifests: 'environments/example/manifests',
  objects: bodies.map(([apiVersion, kind, name, body]) =>
    exampleObject({ apiVersion, kind, metadata: { name, namespace: 'example', labels }, ...body }),
  ),
  givenSecrets: new Map([['db-credentials', new Set(['url'])]]),
})

export const exampleObject = (object: KubernetesObject): RenderedObject => ({
  component: 'agent',
  kind: object.kind,
  name: object.metadata.name,
  chartFile: 'charts/src/components/agent.ts',
  object,
  path: `agent/${object.kind}.${object.metadata.name}.yaml`,
  text: toYaml(object),
})

/** The example with one more object. */
export const withObject = (object: KubernetesObject): Subject => {
  const subject = exampleSubject()
  return { ...subject, objects: [...subject.objects, exampleObject(object)] }
}

/** The example without the objects of a kind. */
export const withoutKind = (kind: string): Subject => {
  const subject = exampleSubject()
  return { ...subject, objects: subject.objects.filter((object) => object.kind !== kind) }
}

/**
 * The example with one value set, or taken out where `value` is undefined, in the first object of a kind.
 * @param path as the problems write it: `spec.template.spec.containers[0].image`, labels in brackets
 */
export function withValue(kind: string, path: string, value: Json | undefined): Subject {
  const subject = exampleSubject()
  const [target] = ofKind(subject, kind)
  if (!target) throw new Error(`The example has no ${kind}.`)
  const object = JSON.parse(JSON.stringify(target.object)) as KubernetesObject
  const keys = [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, plain]) => quoted ?? index ?? plain,
  )
  const last = keys.pop() ?? ''
  const parent = keys.reduce((at: object, key) => Reflect.get(at, key ?? '') as object, object)
  if (value === undefined) Reflect.deleteProperty(parent, last)
  else Reflect.set(parent, last, value)
  return { ...subject, objects: subject.objects.map((it) => (it === target ? exampleObject(object) : it)) }
}

import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { cpuMillis } from '@hadal/platform/quantity'
import type { Cluster, KubernetesObject } from './cluster.ts'
import { waitUntil } from './wait-until.ts'

const namespace = 'kube-system'
const name = 'metrics-server'
const api = '/apis/metrics.k8s.io/v1beta1'

/** ConfigMap in which tests set the total CPU use of pods. Keys are `<namespace>.<component of the pods>`, values are thousandths of a core. */
export const loadConfigMap = { kind: 'v1/ConfigMap', name: 'load', namespace } as const

/**
 * Default CPU use of a pod, in percent of its request, if no test sets one. It is below the usual target of an autoscaler (70 %), so nothing
 * scales up.
 */
const quiet = 50

interface Pod extends KubernetesObject {
  readonly spec: { readonly containers: readonly { readonly name: string; readonly resources?: Resources }[] }
  readonly status?: { readonly phase?: string }
}
interface Resources {
  readonly requests?: { readonly cpu?: string }
}

/**
 * Starts a simulated metrics-server. The API server forwards requests for `metrics.k8s.io` to it, and autoscalers read the metrics there. The
 * CPU use of a Deployment is distributed evenly over its running pods.
 *
 * @returns a function that stops the server
 */
export async function startMetricsServer(
  cluster: Cluster,
  { certFile, keyFile }: { readonly certFile: string; readonly keyFile: string },
): Promise<() => void> {
  const server = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) }, (request, response) => {
    answer(cluster, request.url ?? '').then(
      (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  const port = await listen(server)
  await register(cluster, port)
  await waitUntil('metrics to be served', () => cluster.request('GET', `${api}/pods`).then(() => true), { within: 30 })
  return () => {
    server.close()
    server.closeAllConnections()
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const bound = server.address()
      if (bound === null || typeof bound === 'string') reject(new Error('The metrics server got no port.'))
      else resolve(bound.port)
    })
  })
}

async function register(cluster: Cluster, port: number): Promise<void> {
  const metadata = { name, namespace }
  // The API server connects to the address of the Service's name, and this name is the machine itself.
  const service = { type: 'ExternalName', externalName: 'localhost', ports: [{ port }] }
  await cluster.create({ apiVersion: 'v1', kind: 'Service', metadata, spec: service })
  await cluster.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: loadConfigMap.name, namespace } })
  await cluster.create({
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1beta1.metrics.k8s.io' },
    spec: {
      group: 'metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      insecureSkipTLSVerify: true,
      service: { ...metadata, port },
    },
  })
}

async function answer(cluster: Cluster, url: string): Promise<object> {
  const { pathname, searchParams } = new URL(url, 'https://metrics')
  const list = /^\/apis\/metrics\.k8s\.io\/v1beta1(?:\/namespaces\/([^/]+))?\/pods$/.exec(pathname)
  if (!list)
    return {
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion: 'metrics.k8s.io/v1beta1',
      resources: [{ name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] }],
    }
  const [pods, load] = await Promise.all([
    cluster.list<Pod>('v1/Pod', list[1], searchParams.get('labelSelector') ?? ''),
    cluster.get<KubernetesObject & { data?: Record<string, string> }>(
      loadConfigMap.kind,
      loadConfigMap.name,
      namespace,
    ),
  ])
  const running = pods.filter(({ metadata, status }) => status?.phase === 'Running' && !metadata.deletionTimestamp)
  return {
    kind: 'PodMetricsList',
    apiVersion: 'metrics.k8s.io/v1beta1',
    metadata: {},
    items: running.map((pod) => metricsOf(pod, running, load?.data ?? {})),
  }
}

function metricsOf({ metadata, spec }: Pod, running: readonly Pod[], load: Readonly<Record<string, string>>) {
  const partOf = ({ metadata }: Pod) => `${metadata.namespace}.${metadata.labels?.['app.kubernetes.io/component']}`
  const part = partOf({ metadata, spec, apiVersion: 'v1', kind: 'Pod' })
  const inAll = load[part]
  const sharers = running.filter((pod) => partOf(pod) === part).length
  return {
    metadata: { name: metadata.name, namespace: metadata.namespace, labels: metadata.labels },
    timestamp: new Date().toISOString(),
    window: '15s',
    containers: spec.containers.map(({ name, resources }) => {
      const request = cpuMillis(resources?.requests?.cpu ?? '100m')
      const used = inAll === undefined ? (request * quiet) / 100 : Number(inAll) / sharers / spec.containers.length
      return { name, usage: { cpu: `${Math.round(used)}m`, memory: '128Mi' } }
    }),
  }
}

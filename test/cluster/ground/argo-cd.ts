import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { healthChecks } from '@hadal/platform/argocd-health-checks'
import { parse } from 'yaml'
import type { BuiltTool } from '../tools/build.ts'
import type { Cluster, KubernetesObject } from './cluster.ts'
import { listens } from './control-plane.ts'
import { freePorts } from './free-ports.ts'
import type { Parts } from './parts.ts'
import { systemPath } from './system-path.ts'

/** Namespace of Argo CD in every environment of the checkout. */
export const argocdNamespace = 'argocd'

/** Starts Redis and Argo CD's repository server. They need no API server, so they can start at the same time as it. */
export async function startRepositoryServer(parts: Parts, tool: BuiltTool): Promise<ArgoCdPorts> {
  const ports = await freePorts('redis', 'repository', 'repositoryMetrics', 'controllerMetrics')
  const redis = ['--bind', '127.0.0.1', '--port', String(ports.redis), '--save', '', '--dir', parts.folder]
  await parts.start('redis', 'redis-server', redis, { ready: () => listens(ports.redis) })
  await parts.start(
    'argocd-repo-server',
    tool.binary('argocd-repo-server'),
    [
      '--address=127.0.0.1',
      `--port=${ports.repository}`,
      '--metrics-address=127.0.0.1',
      `--metrics-port=${ports.repositoryMetrics}`,
      `--redis=127.0.0.1:${ports.redis}`,
      '--disable-tls',
      '--client-ca-path=',
    ],
    { env: environment(parts, tool), ready: () => listens(ports.repository) },
  )
  return ports
}

export type ArgoCdPorts = Awaited<ReturnType<typeof freePorts<'redis' | 'repository' | 'controllerMetrics'>>>

/**
 * Starts Argo CD's controller, with the settings of its release and our health checks in `argocd-cm`. Its metrics port is the only port of
 * the test cluster that does not listen on loopback only, because Argo CD has no setting for it.
 */
export async function startController(
  parts: Parts,
  tool: BuiltTool,
  cluster: Cluster,
  kubeconfig: string,
  ports: ArgoCdPorts,
): Promise<void> {
  await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: argocdNamespace } })
  await Promise.all(settings(tool).map((object) => cluster.create(object)))
  await parts.start(
    'argocd-application-controller',
    tool.binary('argocd-application-controller'),
    [
      `--kubeconfig=${kubeconfig}`,
      `--namespace=${argocdNamespace}`,
      `--repo-server=127.0.0.1:${ports.repository}`,
      '--repo-server-plaintext',
      `--redis=127.0.0.1:${ports.redis}`,
      `--metrics-port=${ports.controllerMetrics}`,
      '--app-resync-jitter=0',
      // Writes the health of each object to the Application. By default only the user interface gets it.
      '--persist-resource-health',
    ],
    {
      // "https://kubernetes.default.svc" then means the kubeconfig's cluster. One second between waves instead of two, because the tests sync often.
      env: {
        ...environment(parts, tool),
        ARGOCD_FAKE_IN_CLUSTER: 'true',
        ARGOCD_SYNC_WAVE_DELAY: '1',
        KUBECONFIG: kubeconfig,
      },
      ready: async () => (await fetch(`http://127.0.0.1:${ports.controllerMetrics}/healthz`)).ok,
    },
  )
}

function environment(parts: Parts, tool: BuiltTool): Record<string, string> {
  const folders = { ARGOCD_TLS_DATA_PATH: join(parts.folder, 'tls'), ARGOCD_SSH_DATA_PATH: join(parts.folder, 'ssh') }
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true })
  const bin = join(tool.share, '..', 'bin')
  return { ...folders, PATH: `${bin}:${systemPath}`, ARGOCD_GPG_ENABLED: 'false' }
}

/** ConfigMaps and Secret of an Argo CD installation, with our health checks in `argocd-cm`. */
function settings(tool: BuiltTool): KubernetesObject[] {
  const files = ['cm', 'cmd-params-cm', 'gpg-keys-cm', 'rbac-cm', 'secret', 'ssh-known-hosts-cm', 'tls-certs-cm']
  const objects = files.map(
    (file): Settings => parse(readFileSync(join(tool.share, 'config', `argocd-${file}.yaml`), 'utf8')),
  )
  return [
    ...objects.map(({ metadata, data, ...object }) => ({
      ...object,
      metadata: { ...metadata, namespace: argocdNamespace },
      data: {
        ...data,
        ...(metadata.name === 'argocd-cm' && healthChecks()),
        ...(metadata.name === 'argocd-secret' && secret),
      },
    })),
    // Argo CD's API server, which these tests don't run, would create this project with these fields at its first start.
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'default', namespace: argocdNamespace },
      spec: {
        sourceRepos: ['*'],
        destinations: [{ server: '*', namespace: '*' }],
        clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      },
    },
  ]
}

interface Settings extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>
}

const secret = { 'server.secretkey': Buffer.from('of no use to anybody').toString('base64') }

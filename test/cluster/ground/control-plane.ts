import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { BuiltTool } from '../tools/build.ts'
import { type Access, Cluster } from './cluster.ts'
import { freePorts } from './free-ports.ts'
import type { Parts } from './parts.ts'

/** Address range of Services. No program listens on these addresses. They are loopback addresses, so no connection leaves the machine. */
const serviceRange = '127.100.0.0/16'

export interface ControlPlane {
  readonly access: Access
  /** Path of the kubeconfig with which the other programs of the test cluster connect to the API server. */
  readonly kubeconfig: string
  /** Certificate and key of the API server, for the simulated servers behind it. */
  readonly certificate: { readonly certFile: string; readonly keyFile: string }
  /** Starts the controllers and the scheduler. The API server must be ready. */
  startControllers(): Promise<void>
}

/** Starts etcd and then the API server, with one administrator. */
export async function startControlPlane(parts: Parts, tool: BuiltTool): Promise<ControlPlane> {
  const { folder } = parts
  const port = await freePorts('etcd', 'etcdPeers', 'api')
  const etcd = `http://127.0.0.1:${port.etcd}`
  await parts.start(
    'etcd',
    tool.binary('etcd'),
    [
      `--data-dir=${join(folder, 'etcd')}`,
      `--listen-client-urls=${etcd}`,
      `--advertise-client-urls=${etcd}`,
      `--listen-peer-urls=http://127.0.0.1:${port.etcdPeers}`,
      `--initial-advertise-peer-urls=http://127.0.0.1:${port.etcdPeers}`,
      `--initial-cluster=default=http://127.0.0.1:${port.etcdPeers}`,
      // The data is temporary, so it need not survive a power failure.
      '--unsafe-no-fsync',
      '--log-level=warn',
    ],
    { ready: () => listens(port.etcd) },
  )

  const token = randomBytes(24).toString('hex')
  const tokens = join(folder, 'tokens.csv')
  writeFileSync(tokens, `${token},admin,admin,system:masters\n`, { mode: 0o600 })
  const accountKey = join(folder, 'service-accounts.pem')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  writeFileSync(accountKey, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 })

  const server = `https://127.0.0.1:${port.api}`
  const certFile = join(folder, 'apiserver.crt')
  const access = () => ({ server, token, ca: readFileSync(certFile, 'utf8') })
  await parts.start(
    'kube-apiserver',
    tool.binary('kube-apiserver'),
    [
      `--etcd-servers=${etcd}`,
      `--secure-port=${port.api}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--cert-dir=${folder}`,
      `--service-cluster-ip-range=${serviceRange}`,
      '--endpoint-reconciler-type=none',
      `--token-auth-file=${tokens}`,
      '--authorization-mode=RBAC',
      // As in a usual cluster: PodSecurity decides who may create a privileged pod.
      '--allow-privileged=true',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${accountKey}`,
      `--service-account-signing-key-file=${accountKey}`,
      '--profiling=false',
    ],
    {
      ready: async () => {
        const cluster = new Cluster(access())
        try {
          return (await cluster.request<string>('GET', '/readyz')) === 'ok'
        } finally {
          cluster.close()
        }
      },
    },
  )

  const kubeconfig = join(folder, 'kubeconfig')
  const hasLogged = (name: string, text: string): boolean =>
    readFileSync(join(folder, 'logs', `${name}.log`), 'utf8').includes(text)
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf(server, certFile, token)), { mode: 0o600 })
  return {
    access: access(),
    kubeconfig,
    certificate: { certFile, keyFile: join(folder, 'apiserver.key') },
    startControllers: async () => {
      await Promise.all([
        parts.start(
          'kube-controller-manager',
          tool.binary('kube-controller-manager'),
          [
            `--kubeconfig=${kubeconfig}`,
            '--leader-elect=false',
            noPort,
            `--service-account-private-key-file=${accountKey}`,
            `--root-ca-file=${certFile}`,
            '--use-service-account-credentials=false',
            // The autoscaler reads metrics every second instead of every 15, and ignores no new pods: the simulated ones have no start-up load.
            '--horizontal-pod-autoscaler-sync-period=1s',
            '--horizontal-pod-autoscaler-cpu-initialization-period=1s',
            '--horizontal-pod-autoscaler-initial-readiness-delay=1s',
            // Claims are bound, and quotas are recomputed, within seconds.
            '--pvclaimbinder-sync-period=2s',
            '--resource-quota-sync-period=5s',
            '--kube-api-qps=200',
            '--kube-api-burst=400',
          ],
          { ready: async () => hasLogged('kube-controller-manager', '"Starting"') },
        ),
        parts.start(
          'kube-scheduler',
          tool.binary('kube-scheduler'),
          [`--kubeconfig=${kubeconfig}`, '--leader-elect=false', noPort],
          { ready: async () => hasLogged('kube-scheduler', '"Starting Kubernetes Scheduler"') },
        ),
      ])
    },
  }
}

/** Leaves out the HTTPS port of a controller, which nothing uses: another program can take a free port before the controller listens on it. */
const noPort = '--secure-port=0'

const kubeconfigOf = (server: string, ca: string, token: string) => ({
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'ground', cluster: { server, 'certificate-authority': ca } }],
  users: [{ name: 'admin', user: { token } }],
  contexts: [{ name: 'ground', context: { cluster: 'ground', user: 'admin', namespace: 'argocd' } }],
  'current-context': 'ground',
})

/** Whether a program accepts connections on a loopback port. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => socket.end(() => resolve(true)))
    socket.once('error', () => resolve(false))
  })
}

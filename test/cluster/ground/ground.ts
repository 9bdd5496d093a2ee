import { buildTool } from '../tools/build.ts'
import { startController, startRepositoryServer } from './argo-cd.ts'
import { type Access, Cluster } from './cluster.ts'
import { startControlPlane } from './control-plane.ts'
import { makeCustomKinds } from './custom-kinds.ts'
import { startMetricsServer } from './metrics-server.ts'
import { startNodes } from './nodes.ts'
import { Parts } from './parts.ts'
import { startSimulatedOperators } from './simulated-operators.ts'

/** Go-built tools that the test cluster consists of; see `tools/`. */
export const groundTools = ['control-plane', 'kwok', 'argocd'] as const

export interface Ground {
  /** Address and credentials of the API server, as plain data. */
  readonly access: Access
  /** Folder for files of tests, removed with the test cluster. */
  readonly folder: string
  readonly certificate: { readonly certFile: string; readonly keyFile: string }
  /** Duration of each phase of the cluster's start, in seconds. */
  readonly phases: Readonly<Record<string, number>>
  readonly parts: Parts
  stop(): Promise<void>
}

/**
 * Starts a cluster with Argo CD on this machine. The API server, its controllers, the scheduler and Argo CD are real; nodes and operators are
 * simulated.
 *
 * @throws Error that names the program that did not start
 */
export async function startGround(): Promise<Ground> {
  const phases: Record<string, number> = {}
  const timed = async <T>(phase: string, work: Promise<T>): Promise<T> => {
    const started = performance.now()
    const result = await work
    phases[phase] = (performance.now() - started) / 1000
    return result
  }

  const [controlPlaneTool, kwokTool, argocdTool] = await timed('tools', Promise.all(groundTools.map(buildTool)))
  if (!controlPlaneTool || !kwokTool || !argocdTool) throw new Error('A tool of the ground is missing.')
  const parts = new Parts()
  try {
    const repositoryServer = timed('Redis and repository server', startRepositoryServer(parts, argocdTool))
    // The error is handled where the promise is awaited. Until then it must not count as unhandled.
    repositoryServer.catch(() => {})
    const { access, certificate, kubeconfig, startControllers } = await timed(
      'etcd and API server',
      startControlPlane(parts, controlPlaneTool),
    )
    const cluster = new Cluster(access)
    await timed('custom kinds', makeCustomKinds(cluster))
    const ports = await repositoryServer
    const [stopOperators, stopMetrics] = await Promise.all([
      startSimulatedOperators(cluster),
      timed('metrics', startMetricsServer(cluster, certificate)),
      timed('controllers and scheduler', startControllers()),
      timed('nodes', startNodes(parts, kwokTool, cluster, kubeconfig)),
      timed("Argo CD's controller", startController(parts, argocdTool, cluster, kubeconfig, ports)),
    ])
    return {
      access,
      folder: parts.folder,
      certificate,
      phases,
      parts,
      stop: async () => {
        stopOperators()
        stopMetrics()
        cluster.close()
        await parts.stop()
      },
    }
  } catch (error) {
    await parts.stop()
    throw error
  }
}

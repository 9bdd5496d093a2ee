import { buildTool } from '../tools/build.ts'
import { startController, startRepositoryServer } from './argo-cd.ts'
import { type Access, Cluster } from './cluster.ts'
import { startControlPlane } from './control-plane.ts'
import { makeCustomKinds } from './custom-kinds.ts'
import { startMetricsServer } from './metrics-server.ts'
import { startNodes } from './nodes.ts'
import { Parts } from './parts.ts'
import { startSimulatedOperators } from './simulated-operators.ts'

/** What it is made of; see `tools/`. */
export const groundTools = ['control-plane', 'kwok', 'argocd'] as const

export interface Ground {
  /** Plain data: how to reach the API server. */
  readonly access: Access
  /** Where a test may put files; gone with the ground. */
  readonly folder: string
  readonly certificate: { readonly certFile: string; readonly keyFile: string }
  /** Seconds that each phase of the start took. */
  readonly phases: Readonly<Record<string, number>>
  readonly parts: Parts
  stop(): Promise<void>
}

/**
 * A cluster and an Argo CD on this machine, from nothing: a real API server with its controllers and scheduler, a real Argo CD; simulated
 * nodes, and stand-ins for the operators.
 *
 * @throws a sentence that names the part which did not come up
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
    // Its failure is heard where it is awaited; until then it must not count as unheard.
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

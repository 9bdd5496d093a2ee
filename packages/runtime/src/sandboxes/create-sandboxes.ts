import { join } from 'node:path'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { Logger } from 'pino'
import { Counter, type Registry } from 'prom-client'
import { type ExecutionStatus, type SandboxProvider, ThreadSandbox } from './sandbox/thread-sandbox.ts'

/** Part of the platform for agents with the backend `sandbox`. */
export interface PlatformSandboxes {
  /** Creates the backend of an agent whose threads each have a sandbox of their own. */
  backend(): ThreadSandbox
}

type SandboxVariables = Pick<ContainerVariables, Extract<keyof ContainerVariables, `SANDBOX${string}`>>

export interface Sandboxes {
  /** Sandboxes for agents; undefined if the environment has none. */
  readonly lent: PlatformSandboxes | undefined
  close(): Promise<void>
}

const statuses: readonly ExecutionStatus[] = ['ok', 'failed', 'timeout', 'unavailable']

/**
 * Creates the configured provider of sandboxes and its metric. The client of Docker or Kubernetes is loaded only if it is used.
 *
 * @param removesIdle false in a child process: its worker removes idle sandboxes
 * @throws Error for a missing variable
 */
export async function createSandboxes(
  variables: SandboxVariables,
  registry: Registry,
  log: Logger,
  removesIdle: boolean,
): Promise<Sandboxes> {
  const executions = new Counter({
    name: 'sandbox_executions_total',
    help: 'Number of commands that agents ran in sandboxes',
    labelNames: ['status'],
    registers: [registry],
  })
  // PromQL's rate() needs the series to exist before its first increase.
  for (const status of statuses) executions.inc({ status }, 0)
  const provider = await providerOf(variables, log, removesIdle)
  return {
    lent: provider && { backend: () => new ThreadSandbox(provider, (status) => executions.inc({ status })) },
    close: async () => provider?.close(),
  }
}

async function providerOf(
  variables: SandboxVariables,
  log: Logger,
  removesIdle: boolean,
): Promise<SandboxProvider | undefined> {
  const limits = { commandSeconds: variables.SANDBOX_COMMAND_SECONDS }
  const idleSeconds = variables.SANDBOX_IDLE_SECONDS
  if (variables.SANDBOX === 'docker') {
    const image = variables.SANDBOX_IMAGE
    if (image === undefined) throw new Error('SANDBOX is "docker", but SANDBOX_IMAGE is not set. Set it to an image.')
    const onError = (error: unknown) => log.warn({ err: error }, 'sandbox_removal_failed')
    const socketPath = variables.SANDBOX_DOCKER_SOCKET
    const { DockerSandboxes } = await import('./docker-sandbox/docker-sandboxes.ts')
    return new DockerSandboxes({ socketPath, image, limits, idleSeconds, removesIdle, onError })
  }
  if (variables.SANDBOX === 'agent-sandbox') {
    const namespace = variables.SANDBOX_NAMESPACE
    if (namespace === undefined) {
      throw new Error(
        'SANDBOX is "agent-sandbox", but SANDBOX_NAMESPACE is not set. Set it to the namespace of the claims.',
      )
    }
    const folder = variables.SANDBOX_CREDENTIALS
    const { AgentSandboxes } = await import('./agent-sandbox/agent-sandboxes.ts')
    return new AgentSandboxes({
      kubernetes: {
        url: variables.SANDBOX_API_URL,
        caFile: join(folder, 'ca.crt'),
        tokenFile: join(folder, 'token'),
      },
      namespace,
      warmPool: variables.SANDBOX_WARM_POOL,
      limits,
      idleSeconds,
      readySeconds: variables.SANDBOX_READY_SECONDS,
    })
  }
  return undefined
}

import { join } from 'node:path'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { Logger } from 'pino'
import { Counter, type Registry } from 'prom-client'
import { type ExecutionStatus, type SandboxProvider, ThreadSandbox } from './sandbox/thread-sandbox.ts'

/** What the server lends to agents whose backend is `sandbox`. */
export interface PlatformSandboxes {
  /** The files and commands of an agent, with a sandbox for each thread. */
  backend(): ThreadSandbox
}

type SandboxVariables = Pick<ContainerVariables, Extract<keyof ContainerVariables, `SANDBOX${string}`>>

export interface Sandboxes {
  /** Undefined where there are none. */
  readonly lent: PlatformSandboxes | undefined
  close(): Promise<void>
}

const statuses: readonly ExecutionStatus[] = ['ok', 'failed', 'timeout', 'unavailable']

/**
 * The sandboxes that the variables ask for, with their metric. The clients of Docker and Kubernetes are loaded only where they are used.
 *
 * @param removesIdle false in a child process: its worker removes idle sandboxes
 * @throws Error with a sentence for a variable that is missing
 */
export async function createSandboxes(
  variables: SandboxVariables,
  registry: Registry,
  log: Logger,
  removesIdle: boolean,
): Promise<Sandboxes> {
  const executions = new Counter({
    name: 'sandbox_executions_total',
    help: 'Commands that agents ran in sandboxes',
    labelNames: ['status'],
    registers: [registry],
  })
  // A rate needs the series to be there before its first increase.
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
    if (image === undefined) throw new Error('SANDBOX is "docker" and SANDBOX_IMAGE is not set. Name an image.')
    const onError = (error: unknown) => log.warn({ err: error }, 'sandbox_removal_failed')
    const socketPath = variables.SANDBOX_DOCKER_SOCKET
    const { DockerSandboxes } = await import('./docker-sandbox/docker-sandboxes.ts')
    return new DockerSandboxes({ socketPath, image, limits, idleSeconds, removesIdle, onError })
  }
  if (variables.SANDBOX === 'agent-sandbox') {
    const namespace = variables.SANDBOX_NAMESPACE
    if (namespace === undefined) {
      throw new Error('SANDBOX is "agent-sandbox" and SANDBOX_NAMESPACE is not set. Name the namespace of its claims.')
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

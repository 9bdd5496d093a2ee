import { createHash } from 'node:crypto'
import type { ThreadScope } from '@hadal/middleware/thread-scope'
import type { BaseSandbox } from 'deepagents'
import { type CommandLimits, defaultCommandLimits } from '../sandbox/command-limits.ts'
import { RemoteSandbox } from '../sandbox/remote-sandbox.ts'
import type { SandboxProvider } from '../sandbox/thread-sandbox.ts'
import { KubernetesClient, type KubernetesClientOptions } from './kubernetes-client.ts'
import { runProcess } from './run-process.ts'
import { SandboxClaims } from './sandbox-claims.ts'
import { WorkspaceFiles } from './workspace-files.ts'

export interface AgentSandboxesOptions {
  readonly kubernetes: KubernetesClientOptions
  readonly namespace: string
  /** The `SandboxWarmPool` that claims are made on. Its template runs sandboxd, and decides image, memory, processors and network. */
  readonly warmPool: string
  readonly limits?: Partial<CommandLimits>
  /** sandboxd's root. */
  readonly workFolder?: string
  readonly idleSeconds?: number
  readonly readySeconds?: number
  /** Where sandboxd listens. */
  readonly ports?: { readonly process: number; readonly files: number }
}

/**
 * A sandbox of kubernetes-sigs/agent-sandbox a thread: claimed over the Kubernetes API, worked in over sandboxd's own (gRPC for commands,
 * HTTP for files), deleted by the controller when it was idle for long. Any replica finds a thread's sandbox by its name.
 */
export class AgentSandboxes implements SandboxProvider {
  readonly kind = 'agent-sandbox'
  readonly #api: KubernetesClient
  readonly #claims: SandboxClaims
  readonly #limits: CommandLimits
  readonly #workFolder: string
  readonly #ports: { readonly process: number; readonly files: number }

  constructor(options: AgentSandboxesOptions) {
    const { namespace, warmPool, idleSeconds = 900, readySeconds = 60 } = options
    this.#api = new KubernetesClient(options.kubernetes)
    const labels = { 'app.kubernetes.io/managed-by': 'hadal-runtime' }
    this.#claims = new SandboxClaims(this.#api, { namespace, warmPool, idleSeconds, readySeconds, labels })
    this.#limits = { ...defaultCommandLimits, ...options.limits }
    this.#workFolder = options.workFolder ?? '/workspace'
    this.#ports = options.ports ?? { process: 9090, files: 8080 }
  }

  /** Neither tenant nor thread is told to the cluster: their digest is. */
  #nameOf({ tenant, threadId }: ThreadScope): string {
    const digest = createHash('sha256')
      .update(JSON.stringify([tenant, threadId]))
      .digest('hex')
    return `sandbox-${digest.slice(0, 32)}`
  }

  async of(scope: ThreadScope): Promise<BaseSandbox> {
    const name = this.#nameOf(scope)
    const address = await this.#claims.ready(name)
    const host = address.includes(':') ? `[${address}]` : address
    const files = new WorkspaceFiles(`${host}:${this.#ports.files}`, this.#workFolder)
    return new RemoteSandbox({
      id: name,
      limits: this.#limits,
      run: (command) => runProcess(`${host}:${this.#ports.process}`, command, this.#limits),
      upload: (path, content) => files.upload(path, content),
      download: (path) => files.download(path, this.#limits.fileBytes),
    })
  }

  async release(scope: ThreadScope): Promise<void> {
    await this.#claims.delete(this.#nameOf(scope))
  }

  /** Claims stay: other replicas may work in them. */
  async close(): Promise<void> {
    this.#api.close()
  }
}

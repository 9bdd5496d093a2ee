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
  /** Name of the `SandboxWarmPool` for claims. Its template runs sandboxd, and sets image, memory, processors and network. */
  readonly warmPool: string
  readonly limits?: Partial<CommandLimits>
  /** Root folder of the files that sandboxd serves. */
  readonly workFolder?: string
  readonly idleSeconds?: number
  readonly readySeconds?: number
  /** Ports of sandboxd for commands (gRPC) and files (HTTP). */
  readonly ports?: { readonly process: number; readonly files: number }
}

/**
 * Provider of sandboxes by kubernetes-sigs/agent-sandbox, one per thread. It claims them through the Kubernetes API, runs commands through
 * sandboxd's gRPC API, and transfers files through its HTTP API. The controller deletes idle sandboxes. Every replica finds the sandbox of a thread
 * by its name.
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

  /** Returns the name of the claim for a thread's sandbox: a digest, so that the cluster does not see tenant and thread. */
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

  /** Closes the client of the Kubernetes API. The claims of sandboxes are kept, because other replicas may use them. */
  async close(): Promise<void> {
    this.#api.close()
  }
}

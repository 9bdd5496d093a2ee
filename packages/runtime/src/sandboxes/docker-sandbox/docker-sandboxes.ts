import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { ThreadScope } from '@hadal/middleware/thread-scope'
import type { BaseSandbox } from 'deepagents'
import { type CommandLimits, defaultCommandLimits, SandboxUnavailable } from '../sandbox/command-limits.ts'
import { RemoteSandbox } from '../sandbox/remote-sandbox.ts'
import type { SandboxProvider } from '../sandbox/thread-sandbox.ts'
import { containerConnection } from './container-connection.ts'
import { ContainerEngine, EngineRefusal } from './container-engine.ts'
import { type ContainerLimits, containerSpec, defaultContainerLimits } from './container-spec.ts'

export interface DockerSandboxesOptions {
  /** Path of the engine's unix socket; Docker's is `/var/run/docker.sock`. Access to it equals root access to the machine: for development only. */
  readonly socketPath: string
  /** Image with a POSIX shell and the usual tools, such as busybox. It must exist on the engine; it is never pulled. */
  readonly image: string
  readonly limits?: Partial<CommandLimits & ContainerLimits>
  /** Path of the folder in a sandbox in which commands start. */
  readonly workFolder?: string
  /** Time in seconds without use after which the process removes a sandbox. */
  readonly idleSeconds?: number
  /**
   * Whether this process removes idle sandboxes. Only one process per engine may do so, since a process does not see the use by others. Default:
   * true.
   */
  readonly removesIdle?: boolean
  /** Called for errors of the provider's background work, such as a container that could not be removed. */
  readonly onError?: (error: unknown) => void
}

const label = 'dev.hadal.sandbox'
const removedWithinMs = 10_000

/**
 * Provider of sandboxes as containers of Docker or Podman, one per thread: no network, a read-only root, no privileges, and limits. For
 * development: it needs the engine's socket, which equals root access.
 *
 * The name of a container is derived from its tenant, its thread and its options, so the process finds it again after a restart.
 */
export class DockerSandboxes implements SandboxProvider {
  readonly kind = 'docker'
  readonly #engine: ContainerEngine
  readonly #options: Required<Pick<DockerSandboxesOptions, 'image' | 'workFolder' | 'idleSeconds' | 'onError'>>
  readonly #limits: CommandLimits & ContainerLimits
  readonly #starting = new Map<string, Promise<void>>()
  readonly #usedAt = new Map<string, number>()
  readonly #busy = new Map<string, number>()
  readonly #sweeping: NodeJS.Timeout | undefined

  constructor(options: DockerSandboxesOptions) {
    const { image, workFolder = '/workspace', idleSeconds = 900, removesIdle = true, onError = () => {} } = options
    this.#engine = new ContainerEngine(options.socketPath)
    this.#options = { image, workFolder, idleSeconds, onError }
    this.#limits = { ...defaultCommandLimits, ...defaultContainerLimits, ...options.limits }
    if (!removesIdle) return
    const everyMs = Math.max(1_000, (idleSeconds * 1_000) / 10)
    this.#sweeping = setInterval(() => void this.removeIdle().catch(onError), everyMs).unref()
  }

  #nameOf({ tenant, threadId }: ThreadScope): string {
    const { image, workFolder } = this.#options
    const digest = createHash('sha256')
      .update(JSON.stringify([tenant, threadId, image, workFolder, this.#limits]))
      .digest('hex')
    return `hadal-sandbox-${digest.slice(0, 32)}`
  }

  async of(scope: ThreadScope): Promise<BaseSandbox> {
    const name = this.#nameOf(scope)
    this.#usedAt.set(name, Date.now())
    // Two tools of a thread may request its sandbox at the same time.
    const starting = this.#starting.get(name) ?? this.#ensureRunning(name, scope)
    this.#starting.set(name, starting)
    await starting.finally(() => this.#starting.delete(name))
    const inner = containerConnection(this.#engine, name, this.#limits, () => this.#remove(name))
    return new RemoteSandbox({
      ...inner,
      run: (command) => this.#using(name, () => inner.run(command)),
      upload: (path, content) => this.#using(name, () => inner.upload(path, content)),
      download: (path) => this.#using(name, () => inner.download(path)),
    })
  }

  /** Executes work in a sandbox. The sandbox does not count as idle meanwhile. */
  async #using<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const count = (change: number) => this.#busy.set(name, (this.#busy.get(name) ?? 0) + change)
    count(1)
    return work().finally(() => {
      count(-1)
      if (this.#busy.get(name) === 0) this.#busy.delete(name)
      this.#usedAt.set(name, Date.now())
    })
  }

  async #ensureRunning(name: string, scope: ThreadScope): Promise<void> {
    const found = await this.#engine.askUnless([404], (docker) => docker.getContainer(name).inspect())
    if (found?.State.Running) return
    if (found) await this.#remove(name)
    const { image, workFolder } = this.#options
    const labels = { [label]: 'true', [`${label}.tenant`]: scope.tenant, [`${label}.thread`]: scope.threadId }
    const spec = containerSpec({ image, workFolder, limits: this.#limits, labels })
    try {
      // 409: another process has just created the container.
      await this.#engine.askUnless([409], (docker) => docker.createContainer({ ...spec, name }))
      // 304: the container already runs.
      await this.#engine.askUnless([304], (docker) => docker.getContainer(name).start())
    } catch (error) {
      if (!(error instanceof EngineRefusal)) throw error
      throw new SandboxUnavailable(
        error.status === 404
          ? `The container engine has no image "${image}". Pull it ("docker pull ${image}"), or set another image.`
          : `The sandbox could not be started from image "${image}": ${error.message}.`,
        error,
      )
    }
  }

  async release(scope: ThreadScope): Promise<void> {
    await this.#remove(this.#nameOf(scope))
  }

  async #remove(name: string): Promise<void> {
    this.#usedAt.delete(name)
    const until = Date.now() + removedWithinMs
    for (;;) {
      try {
        return void (await this.#engine.askUnless([404], (docker) =>
          docker.getContainer(name).remove({ force: true, v: true }),
        ))
      } catch (error) {
        // 409: the container is already being removed.
        const again = error instanceof EngineRefusal && error.status === 409 && Date.now() < until
        if (!again) throw new SandboxUnavailable(`The sandbox ${name} can't be removed: ${sentenceOf(error)}`, error)
      }
      await pause(100)
    }
  }

  /** Removes sandboxes that exceed the idle time. The idle time of a sandbox of an earlier process starts when this process first sees it. */
  async removeIdle(now = Date.now()): Promise<void> {
    const filters = { label: [`${label}=true`] }
    const containers = await this.#engine.ask((docker) => docker.listContainers({ all: true, filters }))
    for (const { Names } of containers) {
      const name = Names[0]?.replace(/^\//, '')
      if (name === undefined) continue
      const usedAt = this.#usedAt.get(name) ?? now
      this.#usedAt.set(name, usedAt)
      const idle = !this.#busy.has(name) && now - usedAt >= this.#options.idleSeconds * 1_000
      if (idle) await this.#remove(name)
    }
  }

  /** Stops the removal of idle containers. The containers stay for the next process on this machine. */
  async close(): Promise<void> {
    clearInterval(this.#sweeping)
  }
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

import { currentThread, type ThreadScope } from '@hadal/middleware/thread-scope'
import { BaseSandbox, type ExecuteResponse, type FileDownloadResponse, type FileUploadResponse } from 'deepagents'
import { timedOutExitCode } from './command-limits.ts'

/** Provider of sandboxes, one per thread. */
export interface SandboxProvider {
  readonly kind: string
  /** Returns the sandbox of a thread, and creates it if the thread has none. @throws SandboxUnavailable if no sandbox is ready in time */
  of(scope: ThreadScope): Promise<BaseSandbox>
  /** Removes the sandbox of a thread, if it has one. */
  release(scope: ThreadScope): Promise<void>
  /** Stops the provider's background work, such as the removal of idle sandboxes. */
  close(): Promise<void>
}

/** Status of a command: `ok` (exit code 0), `failed` (another code), `timeout`, or `unavailable` (no sandbox). */
export type ExecutionStatus = 'ok' | 'failed' | 'timeout' | 'unavailable'

const statusOf = ({ exitCode }: ExecuteResponse): ExecutionStatus => {
  if (exitCode === 0) return 'ok'
  return exitCode === timedOutExitCode ? 'timeout' : 'failed'
}

/**
 * Backend of an agent with a sandbox per thread. The sandbox is created at its first use, and shared by the thread's subagents and later runs.
 * deepagents adds the tool `execute` for it.
 */
export class ThreadSandbox extends BaseSandbox {
  readonly id: string
  readonly #provider: SandboxProvider
  readonly #onExecution: (status: ExecutionStatus) => void

  /** @param onExecution called with the status of each command, including those of deepagents' own tools such as `ls` and `grep` */
  constructor(provider: SandboxProvider, onExecution: (status: ExecutionStatus) => void = () => {}) {
    super()
    this.id = `${provider.kind}-of-thread`
    this.#provider = provider
    this.#onExecution = onExecution
  }

  override async execute(command: string): Promise<ExecuteResponse> {
    try {
      const sandbox = await this.#provider.of(currentThread())
      const response = await sandbox.execute(command)
      this.#onExecution(statusOf(response))
      return response
    } catch (error) {
      this.#onExecution('unavailable')
      throw error
    }
  }

  override async uploadFiles(files: [string, Uint8Array][]): Promise<FileUploadResponse[]> {
    return (await this.#provider.of(currentThread())).uploadFiles(files)
  }

  override async downloadFiles(paths: string[]): Promise<FileDownloadResponse[]> {
    return (await this.#provider.of(currentThread())).downloadFiles(paths)
  }
}

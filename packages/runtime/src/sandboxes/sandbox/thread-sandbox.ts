import { currentThread, type ThreadScope } from '@hadal/middleware/thread-scope'
import { BaseSandbox, type ExecuteResponse, type FileDownloadResponse, type FileUploadResponse } from 'deepagents'
import { timedOutExitCode } from './command-limits.ts'

/** Where sandboxes come from. */
export interface SandboxProvider {
  readonly kind: string
  /** The thread's sandbox: the one that it has, else a new one. @throws SandboxUnavailable when there is none to be had in time */
  of(scope: ThreadScope): Promise<BaseSandbox>
  /** Removes the thread's sandbox, if it has one. */
  release(scope: ThreadScope): Promise<void>
  /** Stops what goes on by itself here. */
  close(): Promise<void>
}

/** How a command ended: `ok` (0), `failed` (another code), `timeout`, or `unavailable`: there was no sandbox to run it. */
export type ExecutionStatus = 'ok' | 'failed' | 'timeout' | 'unavailable'

const statusOf = ({ exitCode }: ExecuteResponse): ExecutionStatus => {
  if (exitCode === 0) return 'ok'
  return exitCode === timedOutExitCode ? 'timeout' : 'failed'
}

/**
 * The `backend` of an agent whose every thread has a sandbox of its own: made when it is first used, shared by the thread's subagents and
 * later runs. deepagents adds the tool `execute` for it.
 */
export class ThreadSandbox extends BaseSandbox {
  readonly id: string
  readonly #provider: SandboxProvider
  readonly #onExecution: (status: ExecutionStatus) => void

  /** @param onExecution told how each command ended, deepagents' own (`ls`, `grep` …) included */
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

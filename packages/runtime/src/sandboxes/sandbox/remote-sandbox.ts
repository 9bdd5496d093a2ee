import { BaseSandbox, type ExecuteResponse, type FileDownloadResponse, type FileUploadResponse } from 'deepagents'
import { type CommandLimits, type CommandResult, timedOutExitCode } from './command-limits.ts'

type FileError = NonNullable<FileUploadResponse['error']>

/** Connection to a sandbox, implemented once per kind of sandbox. Each implementation enforces the limits on time, output and files. */
export interface SandboxConnection {
  readonly id: string
  readonly limits: CommandLimits
  /** Runs a shell command in the sandbox. */
  run(command: string): Promise<CommandResult>
  /**
   * Writes a file in the sandbox.
   *
   * @param path absolute path
   */
  upload(path: string, content: Uint8Array): Promise<FileError | null>
  /**
   * Reads a file in the sandbox.
   *
   * @param path absolute path
   */
  download(path: string): Promise<Uint8Array | FileError>
}

/** Whether a file's path in a sandbox is absolute and has no NUL byte. Any other path is rejected before it is used. */
const isPath = (path: string): boolean => path.startsWith('/') && !path.includes('\0')

/** Sandbox of deepagents that works through a {@link SandboxConnection}. */
export class RemoteSandbox extends BaseSandbox {
  readonly id: string
  readonly #connection: SandboxConnection

  constructor(connection: SandboxConnection) {
    super()
    this.id = connection.id
    this.#connection = connection
  }

  override async execute(command: string): Promise<ExecuteResponse> {
    const { output, exitCode, truncated, timedOut } = await this.#connection.run(command)
    const { commandSeconds } = this.#connection.limits
    const text = output.toString('utf8')
    if (!timedOut) return { output: text, exitCode, truncated }
    return {
      output: `${text}\n[The command was ended after ${commandSeconds} s, its time limit.]`,
      exitCode: timedOutExitCode,
      truncated,
    }
  }

  override async uploadFiles(files: [string, Uint8Array][]): Promise<FileUploadResponse[]> {
    const uploaded: FileUploadResponse[] = []
    for (const [path, content] of files) {
      uploaded.push({ path, error: await this.#upload(path, content) })
    }
    return uploaded
  }

  async #upload(path: string, content: Uint8Array): Promise<FileError | null> {
    if (!isPath(path) || path.endsWith('/')) return 'invalid_path'
    // deepagents has no error code for a file that is too large.
    if (content.length > this.#connection.limits.fileBytes) return 'permission_denied'
    return this.#connection.upload(path, content)
  }

  override async downloadFiles(paths: string[]): Promise<FileDownloadResponse[]> {
    const downloaded: FileDownloadResponse[] = []
    for (const path of paths) {
      const found = isPath(path) ? await this.#connection.download(path) : 'invalid_path'
      downloaded.push(
        typeof found === 'string' ? { path, content: null, error: found } : { path, content: found, error: null },
      )
    }
    return downloaded
  }
}

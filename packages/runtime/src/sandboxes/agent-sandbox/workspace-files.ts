import type { FileUploadResponse } from 'deepagents'
import { SandboxUnavailable } from '../sandbox/command-limits.ts'

type FileError = NonNullable<FileUploadResponse['error']>

/** Timeout of the transfer of one file to or from a sandbox, in milliseconds. */
const transferMs = 60_000

const errors: Readonly<Record<number, FileError>> = {
  400: 'is_directory',
  403: 'permission_denied',
  404: 'file_not_found',
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(transferMs) })
  } catch (error) {
    const why = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    throw new SandboxUnavailable(`The sandbox's files at ${url} can't be reached: ${why}.`, error)
  }
}

/** Files of a sandbox's workspace, through sandboxd's HTTP API. Paths outside the workspace are rejected before a request. */
export class WorkspaceFiles {
  readonly #address: string
  readonly #workFolder: string

  /** @param address host and port of sandboxd's HTTP API */
  constructor(address: string, workFolder: string) {
    this.#address = address
    this.#workFolder = workFolder
  }

  /** Returns the URL of a file: sandboxd's paths are relative to its root. Undefined for a file outside the workspace. */
  #url(path: string): string | undefined {
    const segments = path.slice(this.#workFolder.length + 1).split('/')
    if (!path.startsWith(`${this.#workFolder}/`) || segments.includes('..')) return undefined
    return `http://${this.#address}/v1/files/${encodeURIComponent(segments.join('/'))}`
  }

  async upload(path: string, content: Uint8Array): Promise<FileError | null> {
    const url = this.#url(path)
    if (url === undefined) return 'permission_denied'
    const headers = { 'content-type': 'application/octet-stream' }
    const { ok, status } = await send(url, { method: 'PUT', body: Buffer.from(content), headers })
    return ok ? null : (errors[status] ?? 'permission_denied')
  }

  /**
   * Reads a file of the sandbox's workspace.
   *
   * @param limit maximum size of the file in bytes; a larger file gives `permission_denied`
   */
  async download(path: string, limit: number): Promise<Uint8Array | FileError> {
    const url = this.#url(path)
    if (url === undefined) return 'permission_denied'
    const response = await send(url, { method: 'GET' })
    // sandboxd returns a listing as JSON for a folder.
    const folder = response.headers.get('content-type')?.startsWith('application/json') ?? false
    const tooLarge = Number(response.headers.get('content-length') ?? 0) > limit
    if (!response.ok || folder || tooLarge || !response.body) {
      await response.body?.cancel()
      if (!response.ok) return errors[response.status] ?? 'permission_denied'
      if (folder) return 'is_directory'
      return tooLarge ? 'permission_denied' : new Uint8Array()
    }
    const chunks: Uint8Array[] = []
    let length = 0
    for await (const chunk of response.body) {
      length += chunk.length
      if (length > limit) return 'permission_denied'
      chunks.push(chunk)
    }
    return new Uint8Array(Buffer.concat(chunks))
  }
}

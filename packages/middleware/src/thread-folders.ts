import { createHash } from 'node:crypto'
import { lstat, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type BackendProtocolV2, FilesystemBackend } from 'deepagents'
import { currentThread, type ThreadScope } from './thread-scope.ts'

/** Folder name for a tenant or thread: its own name if it is short and plain, otherwise a digest of the name. */
const folderName = (name: string): string =>
  /^[\w-]{1,100}$/.test(name) ? name : `~${createHash('sha256').update(name).digest('hex')}`

async function ownFolder(parent: string, name: string): Promise<string> {
  const folder = join(parent, name)
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  if (!(await lstat(folder)).isDirectory()) throw new Error(`${folder} is a link or a file, not a folder. Remove it.`)
  return folder
}

type Answer<Method extends keyof BackendProtocolV2> = Promise<
  Awaited<ReturnType<NonNullable<BackendProtocolV2[Method]>>>
>

/**
 * Backend of deepagents that gives each thread its own folder on a disk: `<root>/<tenant>/<thread>`. The agent sees the folder as `/`. No path
 * leads out of it, neither by `..` nor by an absolute path nor by a symbolic link. It is for batch work on a volume that all replicas share.
 */
export class ThreadFolders implements BackendProtocolV2 {
  readonly #root: string
  readonly #maxFileSizeMb: number

  /** @param root folder of all tenants, created if missing @param options.maxFileSizeMb maximum size in MB of a file that is searched */
  constructor(root: string, { maxFileSizeMb = 10 }: { maxFileSizeMb?: number } = {}) {
    this.#root = root
    this.#maxFileSizeMb = maxFileSizeMb
  }

  /** Returns the files of one thread, for code outside of a run. @throws Error if the thread's folder is a link or a file */
  async of({ tenant, threadId }: ThreadScope): Promise<FilesystemBackend> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 })
    // One level after the other: a recursive mkdir would create the folder behind a link before the link is detected.
    const folder = await ownFolder(await ownFolder(this.#root, folderName(tenant)), folderName(threadId))
    return new FilesystemBackend({ rootDir: folder, virtualMode: true, maxFileSizeMb: this.#maxFileSizeMb })
  }

  #files(): Promise<FilesystemBackend> {
    return this.of(currentThread())
  }

  async ls(...args: Parameters<BackendProtocolV2['ls']>): Answer<'ls'> {
    return (await this.#files()).ls(...args)
  }

  async read(...args: Parameters<BackendProtocolV2['read']>): Answer<'read'> {
    return (await this.#files()).read(...args)
  }

  async readRaw(...args: Parameters<BackendProtocolV2['readRaw']>): Answer<'readRaw'> {
    return (await this.#files()).readRaw(...args)
  }

  async write(...args: Parameters<BackendProtocolV2['write']>): Answer<'write'> {
    return (await this.#files()).write(...args)
  }

  async edit(...args: Parameters<BackendProtocolV2['edit']>): Answer<'edit'> {
    return (await this.#files()).edit(...args)
  }

  async grep(pattern: string, path?: string | null, glob?: string | null, maxCount?: number | null): Answer<'grep'> {
    return (await this.#files()).grep(pattern, path ?? undefined, glob, maxCount)
  }

  async glob(...args: Parameters<BackendProtocolV2['glob']>): Answer<'glob'> {
    return (await this.#files()).glob(...args)
  }

  async delete(path: string): Answer<'delete'> {
    return (await this.#files()).delete(path)
  }

  async uploadFiles(files: [string, Uint8Array][]): Answer<'uploadFiles'> {
    return (await this.#files()).uploadFiles(files)
  }

  async downloadFiles(paths: string[]): Answer<'downloadFiles'> {
    return (await this.#files()).downloadFiles(paths)
  }
}

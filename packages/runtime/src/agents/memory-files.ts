import { text } from '@hadal/middleware/unknown-value'
import { type DeleteResult, type EditResult, type FileUploadResponse, StoreBackend, type WriteResult } from 'deepagents'
import type { PlatformMemories } from './agent-platform.ts'

/** Who shares the files under `/memories/` and `/configs/`: the runs of one user, of one assistant, or of the tenant. */
export type Memories = 'user' | 'assistant' | 'tenant'

/**
 * A folder of an agent whose files are in the store and outlive threads. The files of `assistant` and `tenant`, which users share, are read-only for
 * runs whose user does not administer the tenant: otherwise one user's run could change what the runs of all others read.
 */
export class MemoryFiles extends StoreBackend {
  readonly #stores: PlatformMemories | undefined
  readonly #kind: Memories
  readonly #folder: string

  /** @param stores stores of the server. Undefined in tests and descriptions: the files are then in the store that LangGraph passes to the graph */
  constructor(stores: PlatformMemories | undefined, kind: Memories, agent: string, folder: string) {
    super({
      // StoreBackend deletes with `batch`, which the store that LangGraph passes to a graph lacks.
      ...(stores && { store: kind === 'user' ? stores.ofUser : stores.shared }),
      namespace:
        kind === 'assistant'
          ? ({ config, assistantId }) => [
              agent,
              text(config?.configurable?.assistant_id) ?? assistantId ?? agent,
              folder,
            ]
          : [agent, folder],
    })
    this.#stores = stores
    this.#kind = kind
    this.#folder = folder
  }

  override async write(path: string, content: string): Promise<WriteResult> {
    const error = this.#refusal(path)
    return error === undefined ? super.write(path, content) : { error }
  }

  override async edit(path: string, before: string, after: string, replaceAll?: boolean): Promise<EditResult> {
    const error = this.#refusal(path)
    return error === undefined ? super.edit(path, before, after, replaceAll) : { error }
  }

  override async delete(path: string): Promise<DeleteResult> {
    const error = this.#refusal(path)
    return error === undefined ? super.delete(path) : { error }
  }

  override async uploadFiles(files: [string, Uint8Array][]): Promise<FileUploadResponse[]> {
    if (this.#refusal('') === undefined) return super.uploadFiles(files)
    return files.map(([path]) => ({ path, error: 'permission_denied' }))
  }

  /** Returns the error of a change of a file; undefined if the run may change it. */
  #refusal(path: string): string | undefined {
    if (this.#kind === 'user' || !this.#stores || this.#stores.mayChangeShared()) return undefined
    const sharing = this.#kind === 'tenant' ? 'all users of the tenant' : 'all users of this assistant'
    return `Error: /${this.#folder}${path} is read-only in this run, because ${sharing} share it. A user with the role "administer" can change it.`
  }
}

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

  /** @param stores stores of the server; undefined in tests and descriptions: LangGraph's store of the run is then used */
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

  override write(path: string, content: string): Promise<WriteResult> {
    return this.#changed(
      path,
      (error) => ({ error }),
      () => super.write(path, content),
    )
  }

  override edit(path: string, before: string, after: string, replaceAll?: boolean): Promise<EditResult> {
    return this.#changed(
      path,
      (error) => ({ error }),
      () => super.edit(path, before, after, replaceAll),
    )
  }

  override delete(path: string): Promise<DeleteResult> {
    return this.#changed(
      path,
      (error) => ({ error }),
      () => super.delete(path),
    )
  }

  override uploadFiles(files: [string, Uint8Array][]): Promise<FileUploadResponse[]> {
    const refused = (): FileUploadResponse[] => files.map(([path]) => ({ path, error: 'permission_denied' }))
    return this.#changed('', refused, () => super.uploadFiles(files))
  }

  async #changed<Result>(
    path: string,
    refused: (error: string) => Result,
    change: () => Promise<Result>,
  ): Promise<Result> {
    if (this.#kind === 'user' || !this.#stores || this.#stores.mayChangeShared()) return change()
    const sharing = this.#kind === 'tenant' ? 'all users of the tenant' : 'all users of this assistant'
    return refused(
      `Error: /${this.#folder}${path} is read-only in this run, because ${sharing} share it. A user with the role "administer" can change it.`,
    )
  }
}

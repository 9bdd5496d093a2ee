import type { Readable } from 'node:stream'

/** A file of a backup target. */
export interface TargetFile {
  /** Path below the target, with `/`. */
  readonly path: string
  readonly bytes: number
}

/** A place for backups: a directory, or a prefix of a bucket of S3-compatible storage. All paths are relative to it. */
export interface BackupTarget {
  /** Address of the target for messages, without credentials. */
  readonly address: string
  /** Whether the storage has kept the content of files that were deleted here, as older versions. It is known after a deletion. */
  readonly keepsVersions: boolean
  /** Writes a file as a whole: readers see either nothing or all of it. */
  write(path: string, content: Readable | Uint8Array): Promise<void>
  /**
   * Reads a part of a file.
   *
   * @throws Error that names the file if it does not exist, or ends before the part does
   */
  read(path: string, part: { readonly offset: number; readonly bytes: number }): Promise<Uint8Array>
  /** Returns the content of a small file; undefined if there is none. */
  readAll(path: string): Promise<Uint8Array | undefined>
  /** Lists all files whose path begins with a prefix, in the order of their paths. */
  list(prefix: string): Promise<readonly TargetFile[]>
  /** Deletes files. Those that don't exist are ignored. */
  delete(paths: readonly string[]): Promise<void>
  /** Removes what is left of writes that were interrupted, if they began before a time. */
  removeUnfinished(before: Date): Promise<void>
  close(): Promise<void>
}

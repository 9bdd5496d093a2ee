import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { z } from 'zod'
import { type BlockEncoder, sha256 } from './block-codec.ts'
import { createBufferCollector } from './collect-buffers.ts'
import type { Block } from './manifest.ts'
import type { BackupTarget } from './targets/backup-target.ts'

/** Default of the maximum size of a data file, in bytes. */
const mostBytesPerFile = 256 * 2 ** 20
/** Number of blocks that are compressed, encrypted or written at the same time. */
const mostBlocksAtOnce = 3
/** Bytes that wait in memory for the target. */
const waitingBytes = 4 * 2 ** 20

/** A block of rows that is not compressed yet. */
export type PlainBlock = Pick<z.infer<typeof Block>, 'table' | 'rows' | 'threads'> & {
  readonly bytes: Uint8Array
  /** Called when the bytes are no longer needed. */
  onEncoded?(): void
}

interface OpenFile {
  readonly path: string
  readonly content: PassThrough
  readonly written: Promise<void>
  bytes: number
}

/** Writes the blocks of a backup into files of limited size, in the order in which they are added. */
export class BackupFiles {
  readonly #target: BackupTarget
  readonly #folder: string
  readonly #encoder: BlockEncoder
  readonly #mostBytesPerFile: number
  readonly #blocks: Block[] = []
  /** Paths of all files that were begun. */
  readonly paths: string[] = []
  /** Bytes of all files so far. */
  bytes = 0
  #file: OpenFile | undefined
  /** Blocks under way, oldest first. */
  readonly #underWay: Promise<void>[] = []
  readonly #collectBuffers = createBufferCollector()

  /**
   * @param folder name of the backup's folder in the target
   * @param fileBytes maximum size of a data file. Only a file with a single block can be larger
   */
  constructor(target: BackupTarget, folder: string, encoder: BlockEncoder, fileBytes = mostBytesPerFile) {
    this.#target = target
    this.#folder = folder
    this.#encoder = encoder
    this.#mostBytesPerFile = fileBytes
  }

  /** Resolves when the block is accepted. @throws the error of an earlier block that was not written */
  async add(block: PlainBlock): Promise<void> {
    this.#collectBuffers(block.bytes.length)
    while (this.#underWay.length >= mostBlocksAtOnce) await this.#underWay.shift()
    const encoded = this.#encoder.encode(block.bytes).finally(() => block.onEncoded?.())
    // A failure is reported by the promise below.
    encoded.catch(() => {})
    const written = this.#append(block, encoded, this.#underWay.at(-1))
    written.catch(() => {})
    this.#underWay.push(written)
  }

  /** Waits until all blocks are written. @returns the list of all blocks */
  async end(): Promise<readonly Block[]> {
    while (this.#underWay.length > 0) await this.#underWay.shift()
    await this.#endFile()
    return this.#blocks
  }

  /** Writes a file as a whole. @param content its bytes, which are not encoded */
  async write(name: string, content: Uint8Array): Promise<void> {
    const path = `${this.#folder}/${name}`
    this.paths.push(path)
    await this.#target.write(path, content)
    this.bytes += content.length
  }

  /** Stops writing and deletes all files. The target may be unreachable: files without a manifest are no backup. */
  async abandon(): Promise<void> {
    await Promise.allSettled(this.#underWay)
    this.#file?.content.destroy(new Error('The backup was given up.'))
    await this.#file?.written.catch(() => {})
    await this.#target.delete(this.paths).catch(() => {})
  }

  async #append(block: PlainBlock, encoded: Promise<Uint8Array>, before: Promise<void> | undefined): Promise<void> {
    const bytes = await encoded
    await before
    if (this.#file && this.#file.bytes + bytes.length > this.#mostBytesPerFile) await this.#endFile()
    const file = this.#file ?? this.#beginFile()
    const { table, rows, threads } = block
    this.#blocks.push({
      table,
      file: file.path.slice(this.#folder.length + 1),
      offset: file.bytes,
      bytes: bytes.length,
      sha256: sha256(bytes),
      rows,
      plainBytes: block.bytes.length,
      threads,
    })
    file.bytes += bytes.length
    this.bytes += bytes.length
    // `written` never resolves before the end of the content; it rejects if the target fails.
    if (!file.content.write(bytes)) await Promise.race([once(file.content, 'drain'), file.written])
  }

  #beginFile(): OpenFile {
    const path = `${this.#folder}/data-${String(this.paths.length + 1).padStart(5, '0')}`
    const content = new PassThrough({ highWaterMark: waitingBytes })
    const written = this.#target.write(path, content)
    written.catch((error: Error) => content.destroy(error))
    // The reason of the error is that of `written`.
    content.on('error', () => {})
    this.paths.push(path)
    this.#file = { path, content, written, bytes: 0 }
    return this.#file
  }

  async #endFile(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    if (!file) return
    file.content.end()
    await file.written
  }
}

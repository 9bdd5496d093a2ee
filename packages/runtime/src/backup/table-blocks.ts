import type { BackupFiles } from './backup-files.ts'
import { fieldCountBytes, uuidBytes } from './copy-format.ts'
import { ThreadHashes, threadFieldBytes, threadOfRow } from './thread-hashes.ts'

/** Size in bytes at which a block of the first {@link smallBlocks} of a table is complete: one thread is read quickly. A block with one larger row is larger. */
const smallBlockBytes = 2 ** 20
/** Size in bytes of the later blocks of a table: the list of blocks stays small. */
const blockBytes = 4 * 2 ** 20
const smallBlocks = 4_096
/** Number of buffers: those of the blocks under way, and the one that is filled. */
const mostBuffers = 4

/** Name under which the hashes of the threads in a table are in a backup. */
export const hashesOf = (table: string): string => `${table}#hashes`

/** Buffers for blocks, which are used again: new ones would be collected too late at the speed of a backup. */
export class BlockBuffers {
  readonly #free: Buffer[] = []

  take(bytes: number): Buffer {
    if (bytes > blockBytes) return Buffer.allocUnsafeSlow(bytes)
    const free = this.#free.pop()
    if (free) return free
    return Buffer.allocUnsafeSlow(blockBytes)
  }

  giveBack(buffer: Buffer): void {
    if (buffer.length === blockBytes && this.#free.length < mostBuffers) this.#free.push(buffer)
  }
}

interface FullBlock {
  readonly bytes: Buffer
  readonly length: number
  readonly rows: number
  readonly first: string
  readonly last: string
}

/** Gathers the bytes of a table into blocks. */
class Gathered {
  readonly #buffers: BlockBuffers
  readonly full: FullBlock[] = []
  #buffer: Buffer | undefined
  #limit = smallBlockBytes
  #blocks = 0
  #length = 0
  #rows = 0
  #first = ''
  #last = ''

  constructor(buffers: BlockBuffers) {
    this.#buffers = buffers
  }

  /** Returns where the bytes of the next row go. */
  room(bytes: number, thread: string): Buffer {
    if (this.#buffer && this.#length + bytes > Math.min(this.#buffer.length, this.#limit)) this.cut()
    if (!this.#buffer) {
      this.#buffer = this.#buffers.take(bytes)
      this.#first = thread
    }
    const begin = this.#length
    this.#length += bytes
    this.#rows += 1
    this.#last = thread
    return this.#buffer.subarray(begin, this.#length)
  }

  cut(): void {
    if (!this.#buffer) return
    this.#blocks += 1
    if (this.#blocks === smallBlocks) this.#limit = blockBytes
    this.full.push({
      bytes: this.#buffer,
      length: this.#length,
      rows: this.#rows,
      first: this.#first,
      last: this.#last,
    })
    this.#buffer = undefined
    this.#length = 0
    this.#rows = 0
  }
}

/** Cuts the rows of a table into blocks and, if they belong to threads, hashes the rows of each thread. */
export class TableBlocks {
  readonly #table: string
  readonly #ofThreads: boolean
  readonly #files: BackupFiles
  readonly #buffers: BlockBuffers
  readonly #rowsGathered: Gathered
  readonly #hashesGathered: Gathered
  readonly #hashes = new ThreadHashes((entry) => {
    entry.copy(this.#hashesGathered.room(entry.length, this.#thread))
  })
  /** Id of the thread of the newest row. */
  #thread = ''
  rows = 0
  blocks = 0
  /** Bytes of the rows. */
  bytes = 0

  constructor(
    table: { readonly name: string; readonly ofThreads: boolean },
    files: BackupFiles,
    buffers: BlockBuffers,
  ) {
    this.#table = table.name
    this.#ofThreads = table.ofThreads
    this.#files = files
    this.#buffers = buffers
    this.#rowsGathered = new Gathered(buffers)
    this.#hashesGathered = new Gathered(buffers)
  }

  /** Adds a row as it comes from the database: if rows belong to threads, its first field is the id of the thread. */
  readonly addRow = (row: Buffer): void => {
    this.rows += 1
    if (!this.#ofThreads) {
      this.bytes += row.length
      row.copy(this.#rowsGathered.room(row.length, ''))
      return
    }
    if (row.readInt32BE(fieldCountBytes) !== uuidBytes)
      throw new Error(`A row of ${this.#table} has no thread. Such rows can't be backed up. This is a bug in Hadal.`)
    if (this.#hashes.add(row)) this.#thread = textOf(threadOfRow(row))
    const length = row.length - threadFieldBytes
    const stored = this.#rowsGathered.room(length, this.#thread)
    stored.writeInt16BE(row.readInt16BE(0) - 1, 0)
    row.copy(stored, fieldCountBytes, fieldCountBytes + threadFieldBytes)
    this.bytes += length
  }

  /** Writes the blocks that are complete. */
  async flush(): Promise<void> {
    await this.#write(this.#rowsGathered, this.#table)
    await this.#write(this.#hashesGathered, hashesOf(this.#table))
  }

  async end(): Promise<void> {
    this.#hashes.end()
    this.#rowsGathered.cut()
    this.#hashesGathered.cut()
    await this.flush()
  }

  async #write(gathered: Gathered, table: string): Promise<void> {
    for (let block = gathered.full.shift(); block; block = gathered.full.shift()) {
      const { bytes, length, rows, first, last } = block
      if (table === this.#table) this.blocks += 1
      await this.#files.add({
        table,
        rows,
        threads: this.#ofThreads ? { first, last } : null,
        bytes: bytes.subarray(0, length),
        onEncoded: () => this.#buffers.giveBack(bytes),
      })
    }
  }
}

/** The text of a uuid's 16 bytes. */
export function textOf(id: Buffer): string {
  const digits = id.toString('hex')
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  )
}

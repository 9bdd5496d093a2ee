import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
// Only the type: the functions below import the module when they need it, because its memory is not spent on a backup without encryption.
import type { Decrypter } from 'age-encryption'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** Level 3 of zstd: faster than a disk, and about as small as gzip with its default level. Its output comes in pieces of 256 KiB: Node's default of 16 KiB leaves 16 times as many buffers to the garbage collection. */
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 3 }, chunkSize: 256 * 2 ** 10 }
/** Bytes that zstd gets beyond those of a block, so that it needs no second buffer to see the block's end. */
const spareBytes = 64

/** Writes blocks: compresses them and, with recipients, encrypts them. */
export interface BlockEncoder {
  encode(plain: Uint8Array): Promise<Uint8Array>
}

/** Reads blocks. */
export interface BlockDecoder {
  /**
   * @param what name of the block for errors, such as `block 3 of hadal.run`
   * @param plainBytes expected number of its bytes, which saves memory
   * @throws Error with one sentence if the bytes can't be decrypted or decompressed
   */
  decode(stored: Uint8Array, what: string, plainBytes?: number): Promise<Buffer>
}

/**
 * Creates the encoder of a backup's blocks.
 *
 * @param recipients age recipients (`age1…`); none for blocks without encryption
 * @throws Error that names the recipient that is not valid
 */
export async function createBlockEncoder(recipients: readonly string[]): Promise<BlockEncoder> {
  if (recipients.length === 0) return { encode: (plain) => compress(plain, compression) }
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient)
    } catch (error) {
      // Somebody may have written the identity, which decrypts every backup.
      const what = /^age1/.test(recipient) ? `"${recipient}"` : 'A value of BACKUP_RECIPIENTS'
      throw new Error(
        `${what} is not an age recipient (age1…). Set BACKUP_RECIPIENTS to the public key that age-keygen printed.`,
        { cause: error },
      )
    }
  }
  return { encode: async (plain) => encrypter.encrypt(await compress(plain, compression)) }
}

/**
 * Creates the decoder of a backup's blocks.
 *
 * @param identities age identities (`AGE-SECRET-KEY-1…`), of which one suffices; none for blocks without encryption
 * @throws Error with one sentence, without the identity, if one is not valid
 */
export async function createBlockDecoder(identities: readonly string[]): Promise<BlockDecoder> {
  const decrypter = await createDecrypter(identities)
  return {
    async decode(stored, what, plainBytes) {
      const compressed = decrypter ? await decrypted(decrypter, stored, what) : stored
      const options = plainBytes === undefined ? {} : { chunkSize: plainBytes + spareBytes }
      try {
        return await decompress(compressed, options)
      } catch (error) {
        throw new Error(`${what} can't be decompressed: it is damaged or encrypted.`, { cause: error })
      }
    },
  }
}

async function createDecrypter(identities: readonly string[]): Promise<Decrypter | undefined> {
  if (identities.length === 0) return undefined
  const { Decrypter } = await import('age-encryption')
  const decrypter = new Decrypter()
  for (const identity of identities) {
    try {
      decrypter.addIdentity(identity)
    } catch (error) {
      throw new Error(
        'BACKUP_IDENTITY is not an age identity (AGE-SECRET-KEY-1…). Set it to the content of the file that age-keygen wrote.',
        { cause: error },
      )
    }
  }
  return decrypter
}

async function decrypted(decrypter: Decrypter, stored: Uint8Array, what: string): Promise<Uint8Array> {
  try {
    return await decrypter.decrypt(stored)
  } catch (error) {
    throw new Error(
      `${what} can't be decrypted with BACKUP_IDENTITY: the identity is of another recipient, or the block is damaged. Set BACKUP_IDENTITY to the identity of a recipient of the backup.`,
      {
        cause: error,
      },
    )
  }
}

/** SHA-256 of bytes, as hexadecimal digits. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

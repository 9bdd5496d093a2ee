import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** A token that no key opens, or a key that is none. Its message holds neither. */
export class FernetError extends Error {
  override readonly name = 'FernetError'
}

export interface OpenOptions {
  /** A token older than this is refused, and one from the future; without it, its time is not looked at. */
  readonly ttlSeconds?: number
  /** Seconds since 1970; the clock's by default. */
  readonly now?: number
}

/** Fernet with several keys: the first encrypts, all decrypt. */
export interface Fernet {
  /** @param fixed seconds since 1970 and 16 bytes, for a token that must come out the same; never the same bytes for two texts */
  encrypt(text: string, fixed?: { readonly seconds?: number; readonly initialisation?: Uint8Array }): string
  /** @throws {FernetError} when none of the keys opens it */
  decrypt(token: string, options?: OpenOptions): string
  /** The same text under the first key, with the time of its token. @throws {FernetError} when none of the keys opens it */
  rotate(token: string): string
}

const version = 0x80
const [timeBytes, blockBytes, signatureBytes, clockSkewSeconds] = [8, 16, 32, 60]
const headerBytes = 1 + timeBytes + blockBytes

/** A key made of 32 bytes, in the URL-safe alphabet of Base64 with its padding. */
export const fernetKey = (bytes: Buffer): string => toBase64(bytes)

/** A random key. */
export const generateFernetKey = (): string => fernetKey(randomBytes(32))

/** Whether a text has the form of a token. It says nothing about who made it. */
export const isFernetToken = (text: string): boolean => signedPart(text) !== undefined

/**
 * Fernet as github.com/fernet/spec has it: AES-128-CBC under HMAC-SHA256, interchangeable with the tokens and keys of Python's `cryptography`.
 *
 * @param keys the newest first
 * @throws {FernetError} that counts, and does not show, a key that is none
 */
export function createFernet(keys: readonly string[]): Fernet {
  const pairs = keys.map((key, index) => {
    const bytes = fromBase64(key)
    if (bytes?.length === 32) return { signing: bytes.subarray(0, 16), encryption: bytes.subarray(16) }
    throw new FernetError(`Key ${index + 1} of ${keys.length} is not 32 bytes in the URL-safe alphabet of Base64.`)
  })
  const [first] = pairs
  if (!first) throw new FernetError('There is no key.')
  const encrypt: Fernet['encrypt'] = (text, { seconds = clock(), initialisation = randomBytes(blockBytes) } = {}) => {
    const header = Buffer.alloc(1 + timeBytes)
    header.writeUInt8(version)
    header.writeBigUInt64BE(BigInt(seconds), 1)
    const cipher = createCipheriv('aes-128-cbc', first.encryption, initialisation)
    const signed = Buffer.concat([header, initialisation, cipher.update(text, 'utf8'), cipher.final()])
    return toBase64(Buffer.concat([signed, signature(first.signing, signed)]))
  }
  const open = (token: string, options: OpenOptions = {}): { text: string; seconds: number } => {
    const parts = signedPart(token)
    if (!parts) throw new FernetError('That is no Fernet token.')
    const pair = pairs.find(({ signing }) => timingSafeEqual(signature(signing, parts.signed), parts.signature))
    if (!pair) throw new FernetError(`None of ${pairs.length} keys opens the token.`)
    const seconds = Number(parts.signed.readBigUInt64BE(1))
    checkTime(seconds, options)
    const decipher = createDecipheriv('aes-128-cbc', pair.encryption, parts.signed.subarray(1 + timeBytes, headerBytes))
    try {
      const text = Buffer.concat([decipher.update(parts.signed.subarray(headerBytes)), decipher.final()])
      return { text: text.toString('utf8'), seconds }
    } catch {
      throw new FernetError("The token's padding is wrong.")
    }
  }
  return {
    encrypt,
    decrypt: (token, options) => open(token, options).text,
    rotate(token) {
      const { text, seconds } = open(token)
      return encrypt(text, { seconds })
    },
  }
}

const clock = (): number => Math.floor(Date.now() / 1_000)

const signature = (key: Uint8Array, signed: Uint8Array): Buffer => createHmac('sha256', key).update(signed).digest()

/** Undefined where the text can't be a token: not Base64, another version, too short, or no whole number of blocks. */
function signedPart(token: string): { signed: Buffer; signature: Buffer } | undefined {
  const bytes = fromBase64(token)
  const encrypted = (bytes?.length ?? 0) - headerBytes - signatureBytes
  if (bytes?.[0] !== version || encrypted < blockBytes || encrypted % blockBytes !== 0) return undefined
  return { signed: bytes.subarray(0, -signatureBytes), signature: bytes.subarray(-signatureBytes) }
}

function checkTime(seconds: number, { ttlSeconds, now = clock() }: OpenOptions): void {
  if (ttlSeconds === undefined) return
  if (seconds + ttlSeconds < now) throw new FernetError(`The token is older than ${ttlSeconds} s.`)
  if (seconds > now + clockSkewSeconds) throw new FernetError('The token is from the future.')
}

const toBase64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_')

/** Node's own decoder passes over whatever is not of the alphabet. */
const fromBase64 = (text: string): Buffer | undefined =>
  /^[\w-]+={0,2}$/.test(text) && text.length % 4 === 0 ? Buffer.from(text, 'base64url') : undefined

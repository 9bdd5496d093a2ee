import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Error for a token that no key decrypts, or for an invalid key. Its message contains neither the token nor the key. */
export class FernetError extends Error {
  override readonly name = 'FernetError'
}

export interface OpenOptions {
  /** Maximum age of a token in seconds. If set, an older token and a token from the future are rejected; if not, the time is not checked. */
  readonly ttlSeconds?: number
  /** Current time in seconds since 1970. Default: the system clock. */
  readonly now?: number
}

/** Fernet encryption with several keys: the first key encrypts, every key decrypts. */
export interface Fernet {
  /**
   * Encrypts a text with the first key.
   *
   * @param fixed time in seconds since 1970 and initialisation vector of 16 bytes, for a reproducible token. Never use a vector for two texts.
   */
  encrypt(text: string, fixed?: { readonly seconds?: number; readonly initialisation?: Uint8Array }): string
  /** @throws {FernetError} if none of the keys decrypts the token */
  decrypt(token: string, options?: OpenOptions): string
  /** Encrypts a token's text again with the first key and keeps the token's time. @throws {FernetError} if none of the keys decrypts the token */
  rotate(token: string): string
}

const version = 0x80
const [timeBytes, blockBytes, signatureBytes, clockSkewSeconds] = [8, 16, 32, 60]
const headerBytes = 1 + timeBytes + blockBytes

/** Encodes 32 bytes as a Fernet key, in URL-safe Base64 with padding. */
export const fernetKey = (bytes: Buffer): string => toBase64(bytes)

/** Decodes Fernet keys into 32 bytes each. @throws {FernetError} that gives the position of an invalid key and does not show the key */
export const fernetKeyBytes = (keys: readonly string[]): Buffer[] =>
  keys.map((key, index) => {
    const bytes = fromBase64(key)
    if (bytes?.length === 32) return bytes
    throw new FernetError(`Key ${index + 1} of ${keys.length} is invalid: it is not 32 bytes in URL-safe Base64.`)
  })

/** Generates a random Fernet key. */
export const generateFernetKey = (): string => fernetKey(randomBytes(32))

/** Whether a text has the form of a Fernet token. The signature is not checked. */
export const isFernetToken = (text: string): boolean => signedPart(text) !== undefined

/**
 * Creates a Fernet cipher as specified by github.com/fernet/spec: AES-128-CBC with HMAC-SHA256. Its tokens and keys are interchangeable
 * with those of Python's `cryptography`.
 *
 * @param keys Fernet keys, newest first
 * @throws {FernetError} that gives the position of an invalid key and does not show the key
 */
export function createFernet(keys: readonly string[]): Fernet {
  const pairs = fernetKeyBytes(keys).map((bytes) => ({
    signing: bytes.subarray(0, 16),
    encryption: bytes.subarray(16),
  }))
  const [first] = pairs
  if (!first) throw new FernetError('No Fernet key was given. Give at least one.')
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
    if (!parts) throw new FernetError('The text is not a Fernet token.')
    const pair = pairs.find(({ signing }) => timingSafeEqual(signature(signing, parts.signed), parts.signature))
    if (!pair) throw new FernetError(`None of the ${pairs.length} keys decrypts the token.`)
    const seconds = Number(parts.signed.readBigUInt64BE(1))
    checkTime(seconds, options)
    const decipher = createDecipheriv('aes-128-cbc', pair.encryption, parts.signed.subarray(1 + timeBytes, headerBytes))
    try {
      const text = Buffer.concat([decipher.update(parts.signed.subarray(headerBytes)), decipher.final()])
      return { text: text.toString('utf8'), seconds }
    } catch {
      throw new FernetError('The Fernet token cannot be decrypted: its padding is invalid.')
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

/**
 * Splits a token into its signed part and its signature. Undefined if the text is not a token: not Base64, another version, too short, or not
 * a whole number of blocks.
 */
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

/** Decodes URL-safe Base64. Undefined if the text is not valid; Node's own decoder ignores invalid characters. */
const fromBase64 = (text: string): Buffer | undefined =>
  /^[\w-]+={0,2}$/.test(text) && text.length % 4 === 0 ? Buffer.from(text, 'base64url') : undefined

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { fernetKeyBytes } from '@hadal/platform/fernet'
import { sealedAt, sealedKeyId, sealedParts, sealVersion } from '../store/sealing/sealed-key-id.ts'
import { SealError, type Sealer } from '../store/sealing/sealer.ts'
import { splitKeys } from './split-keys.ts'

/**
 * Maximum number of messages per derived key. NIST SP 800-38D allows 2^32 messages with random nonces of 96 bits under one key. With 2^24 the
 * probability that a nonce repeats is below 2^-49 per derived key.
 */
const messagesPerSalt = 2 ** 24

/** Maximum number of derived keys that a sealer keeps for opening. Deriving one takes some microseconds. */
const keptKeys = 1_000

/**
 * Creates a sealer with AES-256-GCM. Sealed bytes are: version (1 byte), key id (8), salt (16), nonce (12), ciphertext, tag (16).
 *
 * The keys are those of Fernet tokens. Each AES key is derived from one of them by HKDF-SHA256 with a label of its own, so no key serves two
 * algorithms, and the operator keeps and rotates one list. The random salt selects the derived key: a sealer draws one when it is created and again
 * after 2^24 messages, so the number of messages under one AES key stays bounded for any number of processes and messages.
 *
 * @param encryptionKey content of ENCRYPTION_KEY: Fernet keys separated by commas or line breaks, newest first
 * @throws {FernetError} that gives the position of an invalid key and does not show the key
 */
export function createSealer(encryptionKey: string | undefined): Sealer {
  const keys = new Map(
    fernetKeyBytes(splitKeys(encryptionKey ?? '')).map((bytes) => [
      derive(bytes, '', 'key id', sealedParts.keyId).toString('hex'),
      bytes,
    ]),
  )
  const keyIds = [...keys.keys()]
  const derivedKeys = new Map<string, Buffer>()
  const keyOf = (id: string, secret: Uint8Array, salt: Uint8Array): Buffer => {
    const name = `${id} ${Buffer.from(salt).toString('hex')}`
    const known = derivedKeys.get(name)
    if (known) return known
    const [oldest] = derivedKeys.keys()
    if (oldest !== undefined && derivedKeys.size >= keptKeys) derivedKeys.delete(oldest)
    const derived = derive(secret, salt, 'seal', 32)
    derivedKeys.set(name, derived)
    return derived
  }
  let prefix: { readonly header: Buffer; readonly key: Buffer; left: number } | undefined
  const nextPrefix = (place: string): NonNullable<typeof prefix> => {
    if (prefix && prefix.left > 0) return prefix
    const [first] = keys
    if (!first)
      throw new SealError(
        'no_key',
        `${place} can't be encrypted: ENCRYPTION_KEY is not set. Set ENCRYPTION_KEY_FILE to a file's path, or ENCRYPTION_KEY; "hadal-runtime secrets generate-key" generates a key.`,
      )
    const [id, secret] = first
    const salt = randomBytes(sealedParts.salt)
    prefix = {
      header: Buffer.concat([Buffer.from([sealVersion]), Buffer.from(id, 'hex'), salt]),
      key: derive(secret, salt, 'seal', 32),
      left: messagesPerSalt,
    }
    return prefix
  }
  return {
    keyIds,
    seal(bytes, additionalData) {
      const used = nextPrefix(placeOf(additionalData))
      used.left -= 1
      const nonce = randomBytes(sealedParts.nonce)
      const cipher = createCipheriv('aes-256-gcm', used.key, nonce).setAAD(authenticated(used.header, additionalData))
      return Buffer.concat([used.header, nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
    },
    open(sealed, additionalData) {
      const place = placeOf(additionalData)
      const id = sealedKeyId(sealed, place)
      const secret = keys.get(id)
      if (!secret)
        throw new SealError(
          'unknown_key',
          `${place} can't be decrypted: it is encrypted with the key ${id}, which ENCRYPTION_KEY does not contain (${keyIds.join(', ') || 'it is not set'}). Add that key to ENCRYPTION_KEY, after the newest one.`,
        )
      const header = sealed.subarray(0, sealedAt.nonce)
      const decipher = createDecipheriv(
        'aes-256-gcm',
        keyOf(id, secret, sealed.subarray(sealedAt.salt, sealedAt.nonce)),
        sealed.subarray(sealedAt.nonce, sealedAt.ciphertext),
      )
        .setAAD(authenticated(header, additionalData))
        .setAuthTag(sealed.subarray(-sealedParts.tag))
      const opened = decipher.update(sealed.subarray(sealedAt.ciphertext, -sealedParts.tag))
      try {
        decipher.final()
      } catch {
        throw new SealError(
          'altered',
          `${place} can't be decrypted: its bytes were changed, or they were encrypted for another row. Restore the row from a backup.`,
        )
      }
      return opened
    },
  }
}

/** Additional data of AES-GCM: the header and the texts. JSON gives each list of texts an encoding of its own, unlike a concatenation. */
const authenticated = (header: Uint8Array, texts: readonly string[]): Buffer =>
  Buffer.concat([header, Buffer.from(JSON.stringify(texts))])

const placeOf = ([name = 'The value', ...key]: readonly string[]): string =>
  key.length > 0 ? `${name} of ${key.join(' / ')}` : name

const derive = (secret: Uint8Array, salt: Uint8Array | string, label: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, `hadal ${label} v1`, bytes))

import { createHmac } from 'node:crypto'
import { createFernet } from '@hadal/platform/fernet'

/**
 * The Fernet token of a provider's key. The same encryption key and text give the same token, so that a Secret changes only when they do: the
 * token's time is 0, and its initialization vector is derived from both. Equal texts have equal tokens, but each text has its own Secret anyway.
 *
 * @param encryptionKey 32 bytes, URL-safe Base64
 * @throws {FernetError} when the encryption key is invalid
 */
export const providerToken = (encryptionKey: string, text: string): string =>
  createFernet([encryptionKey]).encrypt(text, { seconds: 0, initialisation: derived(encryptionKey, text) })

const derived = (key: string, text: string): Uint8Array =>
  createHmac('sha256', Buffer.from(key, 'base64url').subarray(0, 16))
    .update('initialisation\0')
    .update(text)
    .digest()
    .subarray(0, 16)

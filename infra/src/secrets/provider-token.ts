import { createHmac } from 'node:crypto'
import { createFernet } from '@hadal/platform/fernet'

/**
 * Encrypts a provider's key as a Fernet token. The token is reproducible, so that a Secret changes only when the encryption key or the text does:
 * its time is 0, and its initialization vector is derived from both.
 *
 * @param encryptionKey 32 bytes, URL-safe Base64
 * @throws {FernetError} if the encryption key is invalid
 */
export const providerToken = (encryptionKey: string, text: string): string =>
  createFernet([encryptionKey]).encrypt(text, { seconds: 0, initialisation: derived(encryptionKey, text) })

const derived = (key: string, text: string): Uint8Array =>
  createHmac('sha256', Buffer.from(key, 'base64url').subarray(0, 16))
    .update('initialisation\0')
    .update(text)
    .digest()
    .subarray(0, 16)

import { createCipheriv, createHmac } from 'node:crypto'

const version = 0x80

/** A Fernet key: 32 bytes in the URL-safe alphabet of Base64, with its padding. @param base64 32 bytes in the usual alphabet */
export const fernetKey = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_')

/**
 * A Fernet token (github.com/fernet/spec) of a text. The same key and text give the same token, so that a Secret changes only when they do:
 * its time is 0, which nobody who sets no lifetime looks at, and its initialisation vector is derived from both. Two equal texts under one
 * key are seen to be equal; here each text has its own place and name anyhow.
 *
 * @param key 32 bytes, URL-safe Base64: 16 that sign, 16 that encrypt
 */
export function fernetToken(
  key: string,
  text: string,
  { seconds = 0n, initialisation = derived(key, text) }: { seconds?: bigint; initialisation?: Uint8Array } = {},
): string {
  const bytes = bytesOf(key)
  const header = Buffer.alloc(9)
  header.writeUInt8(version)
  header.writeBigUInt64BE(seconds, 1)
  const cipher = createCipheriv('aes-128-cbc', bytes.subarray(16), initialisation)
  const body = Buffer.concat([header, initialisation, cipher.update(text, 'utf8'), cipher.final()])
  const signature = createHmac('sha256', bytes.subarray(0, 16)).update(body).digest()
  return fernetKey(Buffer.concat([body, signature]).toString('base64'))
}

function bytesOf(key: string): Buffer {
  const bytes = Buffer.from(key, 'base64url')
  if (bytes.length !== 32) throw new Error(`A Fernet key has 32 bytes, this one ${bytes.length}.`)
  return bytes
}

const derived = (key: string, text: string): Uint8Array =>
  createHmac('sha256', bytesOf(key).subarray(0, 16)).update('initialisation\0').update(text).digest().subarray(0, 16)

import { SealError } from './sealer.ts'

/** Version of the form of sealed bytes, which is their first byte. */
export const sealVersion = 1

/** Lengths of the parts of sealed bytes, in their order. The ciphertext is between nonce and tag. */
export const sealedParts = { version: 1, keyId: 8, salt: 16, nonce: 12, tag: 16 } as const

const saltAt = sealedParts.version + sealedParts.keyId
const nonceAt = saltAt + sealedParts.salt
/** Positions at which the parts of sealed bytes begin. */
export const sealedAt = { salt: saltAt, nonce: nonceAt, ciphertext: nonceAt + sealedParts.nonce } as const

/** Returns the id of the key that sealed some bytes. @throws {SealError} if the bytes are too short or have another version */
export function sealedKeyId(sealed: Uint8Array, place = 'The value'): string {
  const least = sealedAt.ciphertext + sealedParts.tag
  if (sealed.length < least)
    throw new SealError(
      'cut',
      `${place} can't be decrypted: it has ${sealed.length} bytes, and encrypted bytes are at least ${least}. Restore the row from a backup.`,
    )
  if (sealed[0] !== sealVersion)
    throw new SealError(
      'version',
      `${place} can't be decrypted: its encryption has version ${sealed[0]}, and this release reads version ${sealVersion}. Use the release that wrote it.`,
    )
  return Buffer.from(sealed.subarray(sealedParts.version, sealedAt.salt)).toString('hex')
}

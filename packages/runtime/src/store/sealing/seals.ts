import { sealedKeyId } from './sealed-key-id.ts'
import { SealError, type Sealer } from './sealer.ts'

/** Encryption of the columns with what agents store. A pool and its connections have it as the field `seals`: see {@link sealsOf}. */
export interface Seals {
  readonly sealer: Sealer
  /** Whether written values are sealed. If not, sealed rows are still read. */
  readonly writes: boolean
}

/** Column of a row: its name, such as `hadal.run.request`, the tenant of the row and the row's key. It is the additional data of the encryption. */
export type SealedPlace = readonly string[]

/** Returns the encryption of a pool or connection; undefined without ENCRYPTION_KEY. */
export function sealsOf(database: object): Seals | undefined {
  const seals: Seals | undefined = Reflect.get(database, 'seals')
  return seals
}

/** Returns the encrypted bytes for a place; undefined if the server does not encrypt what it writes. */
export function sealedBytes(seals: Seals | undefined, bytes: Uint8Array, place: SealedPlace): Buffer | undefined {
  return seals?.writes ? seals.sealer.seal(bytes, place) : undefined
}

/** Returns the decrypted bytes of a place. @throws {SealError} that names the place and the key, also without ENCRYPTION_KEY */
export function openedBytes(seals: Seals | undefined, sealed: Uint8Array, place: SealedPlace): Buffer {
  if (seals) return seals.sealer.open(sealed, place)
  const [name = '', ...key] = place
  const of = `${name} of ${key.join(' / ')}`
  throw new SealError(
    'unknown_key',
    `${of} can't be decrypted: it is encrypted with the key ${sealedKeyId(sealed, of)}, and ENCRYPTION_KEY is not set. Set ENCRYPTION_KEY to that key.`,
  )
}

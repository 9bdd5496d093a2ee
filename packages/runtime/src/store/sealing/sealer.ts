/** Authenticated encryption with several keys: the first key seals, every key opens. */
export interface Sealer {
  /** Ids of the keys, newest first; empty without ENCRYPTION_KEY. An id is derived from its key and does not reveal it. */
  readonly keyIds: readonly string[]
  /**
   * Encrypts bytes with the first key.
   *
   * @param additionalData what the bytes belong to: the name of the place, such as `hadal.run.request`, the tenant, and the key of the row. It is
   * not stored, and `open` needs the same.
   * @throws {SealError} `no_key` without ENCRYPTION_KEY
   */
  seal(bytes: Uint8Array, additionalData: readonly string[]): Buffer
  /** @throws {SealError} if no key opens the bytes, or if they are not what `seal` returned for this additional data */
  open(sealed: Uint8Array, additionalData: readonly string[]): Buffer
}

type SealTrouble = 'no_key' | 'unknown_key' | 'altered' | 'cut' | 'version'

/** Error for bytes that can't be sealed or opened. Its message contains neither a key nor the bytes. */
export class SealError extends Error {
  override readonly name = 'SealError'
  readonly code: SealTrouble

  constructor(code: SealTrouble, message: string) {
    super(message)
    this.code = code
  }
}

import type { ContainerVariables } from '@hadal/platform/container-variables'
import { FernetError } from '@hadal/platform/fernet'
import type { Seals } from '../store/sealing/seals.ts'
import { createSealer } from './create-sealer.ts'

/**
 * Creates the encryption of what agents store; undefined without ENCRYPTION_KEY.
 *
 * @throws Error with one sentence if a key is required and missing, or if one is invalid
 */
export function createSeals({
  ENCRYPTION,
  ENCRYPTION_KEY,
}: Pick<ContainerVariables, 'ENCRYPTION' | 'ENCRYPTION_KEY'>): Seals | undefined {
  if (ENCRYPTION_KEY === undefined) {
    if (ENCRYPTION === 'off') return undefined
    throw new Error(
      'ENCRYPTION is "required", but ENCRYPTION_KEY is not set. Set ENCRYPTION_KEY_FILE to a file\'s path, or ENCRYPTION_KEY; "hadal-runtime secrets generate-key" generates a key.',
    )
  }
  try {
    return { sealer: createSealer(ENCRYPTION_KEY), writes: ENCRYPTION === 'required' }
  } catch (error) {
    if (!(error instanceof FernetError)) throw error
    throw new Error(
      `ENCRYPTION_KEY is invalid: ${error.message} Generate one with "hadal-runtime secrets generate-key".`,
    )
  }
}

/** Returns the sentence of a server that lacks keys with which rows of its database are encrypted. */
export const missingKeys = (missing: readonly string[], seals: Seals | undefined): string =>
  `Rows of the database are encrypted with ${missing.length === 1 ? 'the key' : 'the keys'} ${missing.join(', ')}, and ${seals ? `ENCRYPTION_KEY contains only ${seals.sealer.keyIds.join(', ')}` : 'ENCRYPTION_KEY is not set'}. Add the missing ${missing.length === 1 ? 'key' : 'keys'} to ENCRYPTION_KEY, after the newest one. If no row needs them any more, "hadal-runtime seal" with all keys removes their record.`

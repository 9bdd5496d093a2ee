import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateFernetKey } from '@hadal/platform/fernet'
import { isRecord } from '@hadal/platform/is-record'
import { PlainError } from '../plain-error.ts'

/**
 * Returns the path of the file with the encryption key of `hadal up`, which its owner alone can read. The first start creates the key: without it, the
 * encrypted values of the database can't be read.
 *
 * @param state folder for the data of `hadal up`
 */
export function encryptionKeyFile(state: string): string {
  const file = join(state, 'encryption.key')
  try {
    mkdirSync(state, { recursive: true })
    createOnce(file)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new PlainError(`${file} can't be written: ${reason}. Free disk space or allow writing, then start again.`)
  }
  return file
}

/** Creates the file with a new key, unless it exists: two starts at the same time use one key. */
function createOnce(file: string): void {
  try {
    writeFileSync(file, `${generateFernetKey()}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!isRecord(error) || error.code !== 'EEXIST') throw error
  }
}

import { createFernet, type Fernet, generateFernetKey } from '@hadal/platform/fernet'
import { splitKeys } from '../secrets/open-provider-keys.ts'

export const secretsActions = ['encrypt', 'rotate', 'generate-key'] as const
export type SecretsAction = (typeof secretsActions)[number]

/**
 * `hadal-runtime secrets …`: what stands on its standard output, from what came on its standard input. Nothing is taken from the arguments,
 * which other users of a machine can see.
 *
 * @param encryptionKey as ENCRYPTION_KEY holds it
 * @throws Error with one sentence, in which no key and no token stands
 */
export async function secrets(
  action: SecretsAction,
  encryptionKey: string | undefined,
  readInput: () => Promise<string>,
): Promise<string> {
  if (action === 'generate-key') return `${generateFernetKey()}\n`
  if (encryptionKey === undefined)
    throw new Error(
      'ENCRYPTION_KEY is not set. Set ENCRYPTION_KEY_FILE to a file\'s path, or ENCRYPTION_KEY; "hadal-runtime secrets generate-key" makes a key.',
    )
  const keys = createFernet(splitKeys(encryptionKey))
  const input = await readInput()
  return action === 'encrypt' ? encrypted(keys, input) : rotated(keys, input)
}

function encrypted(keys: Fernet, input: string): string {
  const text = input.replace(/\r?\n$/, '')
  if (text === '') throw new Error('Nothing came on the standard input. Send the key there, such as by a pipe.')
  if (/[\r\n]/.test(text)) throw new Error('More than one line came on the standard input. Send one key at a time.')
  return `${keys.encrypt(text)}\n`
}

/** A token a line, in and out: all of them, or none. */
function rotated(keys: Fernet, input: string): string {
  const tokens = input.split(/\r?\n/).filter((line) => line.trim() !== '')
  if (tokens.length === 0) throw new Error('Nothing came on the standard input. Send the tokens there, one a line.')
  return tokens
    .map((token, index) => {
      try {
        return `${keys.rotate(token.trim())}\n`
      } catch (error) {
        throw new Error(
          `Line ${index + 1} can't be rotated: ${error instanceof Error ? error.message : String(error)} Keep the key that encrypted it in ENCRYPTION_KEY, behind the new one.`,
        )
      }
    })
    .join('')
}

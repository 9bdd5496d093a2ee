import { createFernet, type Fernet, generateFernetKey } from '@hadal/platform/fernet'
import { splitKeys } from '../secrets/split-keys.ts'

export const secretsActions = ['encrypt', 'rotate', 'generate-key'] as const
export type SecretsAction = (typeof secretsActions)[number]

/**
 * Executes `hadal-runtime secrets …` and returns its standard output. It reads secrets from standard input only, because other users of the machine
 * can see the arguments.
 *
 * @param encryptionKey content of ENCRYPTION_KEY
 * @throws Error with one sentence, without any key or token
 */
export async function secrets(
  action: SecretsAction,
  encryptionKey: string | undefined,
  readInput: () => Promise<string>,
): Promise<string> {
  if (action === 'generate-key') return `${generateFernetKey()}\n`
  if (encryptionKey === undefined)
    throw new Error(
      'ENCRYPTION_KEY is not set. Set ENCRYPTION_KEY_FILE to a file\'s path, or ENCRYPTION_KEY; "hadal-runtime secrets generate-key" generates a key.',
    )
  const keys = createFernet(splitKeys(encryptionKey))
  const input = await readInput()
  return action === 'encrypt' ? encrypted(keys, input) : rotated(keys, input)
}

function encrypted(keys: Fernet, input: string): string {
  const text = input.replace(/\r?\n$/, '')
  if (text === '') throw new Error('The standard input is empty. Send the key to it, for example by a pipe.')
  if (/[\r\n]/.test(text)) throw new Error('The standard input has more than one line. Send one key at a time.')
  return `${keys.encrypt(text)}\n`
}

/** Encrypts Fernet tokens again with the newest key, one token per line. If one token is invalid, no token is printed. */
function rotated(keys: Fernet, input: string): string {
  const tokens = input.split(/\r?\n/).filter((line) => line.trim() !== '')
  if (tokens.length === 0) throw new Error('The standard input is empty. Send the tokens to it, one per line.')
  return tokens
    .map((token, index) => {
      try {
        return `${keys.rotate(token.trim())}\n`
      } catch (error) {
        throw new Error(
          `Line ${index + 1} can't be rotated: ${error instanceof Error ? error.message : String(error)} Add the key that encrypted it to ENCRYPTION_KEY, after the new one.`,
        )
      }
    })
    .join('')
}

import { type ContainerVariables, PROVIDER_KEY_VARIABLES } from '@hadal/platform/container-variables'
import { createFernet, type Fernet, FernetError, isFernetToken } from '@hadal/platform/fernet'
import { splitKeys } from './split-keys.ts'

type ProviderKey = (typeof PROVIDER_KEY_VARIABLES)[number]

type Written = Pick<ContainerVariables, ProviderKey | 'ENCRYPTION_KEY' | 'PROVIDER_KEYS'>
type Opened = Partial<Record<ProviderKey, string>>

const encrypt = 'Encrypt it with "hadal-runtime secrets encrypt"'

/**
 * Returns the providers' keys, decrypted if they are encrypted.
 *
 * @throws Error with a sentence for each invalid variable, without its value
 */
export function openProviderKeys(written: Written): Opened {
  const problems: string[] = []
  const keys = encryptionKeys(written, problems)
  const opened: Opened = {}
  for (const name of PROVIDER_KEY_VARIABLES) {
    const value = written[name]
    if (value === undefined) continue
    try {
      opened[name] = openKey(name, value, written.PROVIDER_KEYS, keys)
    } catch (error) {
      if (!(error instanceof UnusableKey)) throw error
      if (error.message) problems.push(error.message)
    }
  }
  if (problems.length > 0)
    throw new Error(`The provider keys are invalid:\n${problems.map((p) => `- ${p}`).join('\n')}`)
  return opened
}

/** Thrown for an invalid API key of a model provider. Its message is for the operator. */
class UnusableKey extends Error {}

/** Returns the encryption keys. `broken` is true if they are invalid; the error is then already in `problems`. */
function encryptionKeys({ ENCRYPTION_KEY }: Written, problems: string[]): Fernet | 'none' | 'broken' {
  if (ENCRYPTION_KEY === undefined) return 'none'
  try {
    return createFernet(splitKeys(ENCRYPTION_KEY))
  } catch (error) {
    if (!(error instanceof FernetError)) throw error
    problems.push(`ENCRYPTION_KEY is invalid: ${error.message} Generate one with "hadal-runtime secrets generate-key".`)
    return 'broken'
  }
}

function openKey(
  name: ProviderKey,
  value: string,
  wanted: Written['PROVIDER_KEYS'],
  keys: ReturnType<typeof encryptionKeys>,
): string {
  if (!isFernetToken(value)) {
    if (wanted === 'plain') return value
    throw new UnusableKey(
      `${name} holds a plain key, but PROVIDER_KEYS is "encrypted". ${encrypt} and replace the key by the token.`,
    )
  }
  if (keys === 'broken') throw new UnusableKey()
  if (keys === 'none') {
    throw new UnusableKey(
      `${name} holds a Fernet token, but ENCRYPTION_KEY is not set. Set ENCRYPTION_KEY_FILE to the file of the key that encrypted it, or ENCRYPTION_KEY.`,
    )
  }
  try {
    // A line break that was encrypted with the key would break the HTTP header.
    return keys.decrypt(value).trim()
  } catch (error) {
    if (!(error instanceof FernetError)) throw error
    throw new UnusableKey(
      `${name} holds a Fernet token that can't be decrypted: ${error.message} Add the key that encrypted it to ENCRYPTION_KEY, or ${lowerFirst(encrypt)}.`,
    )
  }
}

const lowerFirst = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)} again`

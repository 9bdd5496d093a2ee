import type { ContainerVariables } from '@hadal/platform/container-variables'
import { createFernet, type Fernet, FernetError, isFernetToken } from '@hadal/platform/fernet'

/** The variables that hold a provider's key: plain, or as a Fernet token. */
export const providerKeys = ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY'] as const
type ProviderKey = (typeof providerKeys)[number]

type Written = Pick<ContainerVariables, ProviderKey | 'ENCRYPTION_KEY' | 'PROVIDER_KEYS'>
type Opened = Partial<Record<ProviderKey, string>>

const encrypt = 'Encrypt it with "hadal-runtime secrets encrypt"'

/** Keys apart by commas or lines, the newest first, as ENCRYPTION_KEY holds them. */
export const splitKeys = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((key) => key.trim())
    .filter((key) => key !== '')

/**
 * The providers' keys as their APIs take them.
 *
 * @throws Error with a sentence for each variable that can't be used; no value is in it
 */
export function openProviderKeys(written: Written): Opened {
  const problems: string[] = []
  const keys = encryptionKeys(written, problems)
  const opened: Opened = {}
  for (const name of providerKeys) {
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
    throw new Error(`The providers' keys can't be used:\n${problems.map((p) => `- ${p}`).join('\n')}`)
  return opened
}

/** Its message is the sentence. */
class UnusableKey extends Error {}

/** `broken`: there are keys that can't be used, and a sentence about them was said already. */
function encryptionKeys({ ENCRYPTION_KEY }: Written, problems: string[]): Fernet | 'none' | 'broken' {
  if (ENCRYPTION_KEY === undefined) return 'none'
  try {
    return createFernet(splitKeys(ENCRYPTION_KEY))
  } catch (error) {
    if (!(error instanceof FernetError)) throw error
    problems.push(`ENCRYPTION_KEY can't be used: ${error.message} Make one with "hadal-runtime secrets generate-key".`)
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
      `${name} holds a plain key, and PROVIDER_KEYS is "encrypted". ${encrypt} and put the token in its place.`,
    )
  }
  if (keys === 'broken') throw new UnusableKey()
  if (keys === 'none') {
    throw new UnusableKey(
      `${name} holds a Fernet token, and ENCRYPTION_KEY is not set. Set ENCRYPTION_KEY_FILE to the file of the key that encrypted it, or ENCRYPTION_KEY.`,
    )
  }
  try {
    // A line end that was encrypted with the key would break the header that it goes into.
    return keys.decrypt(value).trim()
  } catch (error) {
    if (!(error instanceof FernetError)) throw error
    throw new UnusableKey(
      `${name} holds a Fernet token that can't be opened: ${error.message} Add the key that encrypted it to ENCRYPTION_KEY, or ${lowerFirst(encrypt)}.`,
    )
  }
}

const lowerFirst = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)} anew`

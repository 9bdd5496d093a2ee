import { type ContainerVariables, SECRET_VARIABLES } from '@hadal/platform/container-variables'
import { splitKeys } from './open-provider-keys.ts'

/**
 * Minimum length of a password that is redacted by its value: redacting a shorter one, which may be a word, would garble texts. The pattern for
 * addresses still finds it in its address.
 */
const shortestPassword = 12

/** Returns every secret value of a process for its redactor, including the passwords in addresses and each single encryption key. */
export function loadedSecrets(variables: ContainerVariables): string[] {
  return SECRET_VARIABLES.flatMap((name) => {
    const value = variables[name]
    if (value === undefined) return []
    if (name === 'ENCRYPTION_KEY') return [value, ...splitKeys(value)]
    return URL.canParse(value) ? [value, ...passwordOf(value)] : [value]
  })
}

function passwordOf(address: string): string[] {
  const { password } = new URL(address)
  if (password.length < shortestPassword) return []
  try {
    return [password, decodeURIComponent(password)]
  } catch {
    return [password]
  }
}

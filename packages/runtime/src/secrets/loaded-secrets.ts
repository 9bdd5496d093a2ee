import { type ContainerVariables, SECRET_VARIABLES } from '@hadal/platform/container-variables'
import { splitKeys } from './open-provider-keys.ts'

/** A shorter password may be a word, and taking it out of texts would garble them; inside an address it is found all the same. */
const shortestPassword = 12

/** Every secret that a process was given, by value, for its redactor: the passwords of addresses and each encryption key by itself, too. */
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

import { type ContainerVariables, SECRET_VARIABLES, type SecretVariable } from '@hadal/platform/container-variables'
import { splitKeys } from './split-keys.ts'

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
    if (name === 'BEDROCK_API_KEY') return [value, ...value.split(':').slice(1)]
    if (isJsonVariable(name)) return [value, ...textsOf(value)]
    return URL.canParse(value) ? [value, ...passwordOf(value)] : [value]
  })
}

/** Variables whose value is JSON with secrets. */
const jsonVariables: readonly string[] = ['GOOGLE_VERTEXAI_API_KEY', 'MODEL_PACKAGE_KEYS'] satisfies SecretVariable[]
const isJsonVariable = (name: string): boolean => jsonVariables.includes(name)

/** Fields of a service account's key that are not secret, and that are parts of addresses. */
const plainFields = new Set(['type', 'project_id', 'client_id', 'auth_uri', 'token_uri', 'universe_domain'])

/** Texts of a JSON object. They are empty if it is not valid JSON, such as an encrypted one. */
function textsOf(json: string): string[] {
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([field, text]) =>
      typeof text === 'string' && !plainFields.has(field) ? [text] : [],
    )
  } catch {
    return []
  }
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

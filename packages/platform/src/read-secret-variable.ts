import type { SecretVariable } from './container-variables.ts'
import type { SecretAlias } from './variable-aliases.ts'

/**
 * Reads one secret of a process: the trimmed content of the file that `NAME_FILE` names, or `NAME` if `NAME_FILE` is not set. An empty
 * variable counts as not set.
 *
 * @returns the value; or an error message, without the value, if the file can't be used; or an empty object if the secret is not set
 */
export function readSecretVariable(
  name: SecretVariable | SecretAlias,
  written: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): { readonly value?: string; readonly problem?: string } {
  const path = written[`${name}_FILE`]
  if (!path) return written[name] ? { value: written[name] } : {}
  try {
    const value = readFile(path).trim()
    if (value) return { value }
    return {
      problem: `${name}_FILE = "${path}": the file is empty. Write the secret into it, or unset ${name}_FILE.`,
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return {
      problem: `${name}_FILE = "${path}": the file can't be read (${reason}). Mount it, or unset ${name}_FILE.`,
    }
  }
}

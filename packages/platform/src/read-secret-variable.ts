import type { SecretVariable } from './container-variables.ts'

/**
 * One secret of a process: the content of the file that `NAME_FILE` names, trimmed, and without that `NAME`. Empty counts as absent.
 *
 * @returns neither where it is not set; a sentence, without the value, where its file can't be used
 */
export function readSecretVariable(
  name: SecretVariable,
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

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Reads the file of a definition that `customSources` names.
 *
 * @param folder the folder of the Go module, or of our own definitions
 * @param path a path inside the folder
 * @throws Error with the files that the folder has instead
 */
export function readDefinition(folder: string, path: string): string {
  const file = join(folder, path)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  const parent = dirname(file)
  const files = existsSync(parent) ? readdirSync(parent).filter((name) => name.endsWith('.yaml')) : []
  throw new Error(
    `customSources names ${path}, but ${basename(parent)}/ has ${files.sort().join(', ') || 'no such file'}. Correct the name in charts/src/schemas/sources.ts.`,
  )
}

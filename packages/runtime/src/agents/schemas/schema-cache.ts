import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { isRecord } from '@hadal/middleware/unknown-value'
import type { GraphSchemas } from './graph-schemas.ts'

/** Schemas as they are cached, with the content of every file from which the compiler read them. */
interface CachedSchemas {
  /** SHA-256 of each file's content, by path. */
  readonly files: Readonly<Record<string, string>>
  readonly schemas: Readonly<Record<string, GraphSchemas>>
}

const hashOf = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex')

const isCached = (value: unknown): value is CachedSchemas =>
  isRecord(value) && isRecord(value.files) && isRecord(value.schemas)

/** Folder for caches of tools, in the nearest node_modules; undefined if there is none. */
function cacheFolder(folder: string): string | undefined {
  const modules = join(folder, 'node_modules')
  if (existsSync(modules)) return join(modules, '.cache/hadal')
  const above = dirname(folder)
  return above === folder ? undefined : cacheFolder(above)
}

/** Path of the cache for a langgraph.json; undefined if there is no place for it. */
function cacheFile(file: string): string | undefined {
  const path = resolve(file)
  const folder = cacheFolder(dirname(path))
  return folder && join(folder, `graph-schemas-${hashOf(path).slice(0, 16)}.json`)
}

/** Returns the cached schemas of a langgraph.json if every file from which they were read has the same content; otherwise undefined. */
export function readCachedSchemas(file: string): CachedSchemas['schemas'] | undefined {
  const cache = cacheFile(file)
  if (cache === undefined || !existsSync(cache)) return undefined
  try {
    const cached: unknown = JSON.parse(readFileSync(cache, 'utf8'))
    if (!isCached(cached)) return undefined
    const isSame = ([path, hash]: [string, string]): boolean => hashOf(readFileSync(path)) === hash
    return Object.entries(cached.files).every(isSame) ? cached.schemas : undefined
  } catch {
    // A file is gone, or the cache was written only in part.
    return undefined
  }
}

/** Caches schemas. Does nothing if the folder can't be written. */
export function writeCachedSchemas(file: string, sources: readonly string[], schemas: CachedSchemas['schemas']): void {
  const cache = cacheFile(file)
  if (cache === undefined) return
  try {
    const files = [resolve(file), ...sources].map((path) => [path, hashOf(readFileSync(path))])
    mkdirSync(dirname(cache), { recursive: true })
    writeFileSync(cache, JSON.stringify({ files: Object.fromEntries(files), schemas } satisfies CachedSchemas))
  } catch {
    // The cache only saves time.
  }
}

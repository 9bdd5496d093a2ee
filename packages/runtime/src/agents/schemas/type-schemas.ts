import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isRecord } from '@hadal/middleware/unknown-value'
import type { Logger } from 'pino'
import { parseLanggraphJson } from '../langgraph-json.ts'
import { loadCompiler } from './compiler.ts'
import { extractTypeSchemas } from './extract-type-schemas.ts'
import type { GraphSchemas } from './graph-schemas.ts'
import { readCachedSchemas, writeCachedSchemas } from './schema-cache.ts'

/** Name of the file with the schemas that the build of the image has extracted. It is beside langgraph.json. */
export const schemasFileName = 'graph-schemas.json'

/** Returns the schemas that TypeScript types give, by graph id. */
export type ReadTypeSchemas = () => Promise<Readonly<Record<string, GraphSchemas>>>

/**
 * Extracts the schemas of all graphs of a langgraph.json from their TypeScript types, or returns those of the last extraction if no file that the
 * compiler reads has changed since.
 *
 * @returns undefined if no compiler is installed
 */
export async function typeSchemasOf(file: string): Promise<Readonly<Record<string, GraphSchemas>> | undefined> {
  const compiler = await loadCompiler()
  if (!compiler) return undefined
  const cached = readCachedSchemas(file)
  if (cached) return cached
  const { graphs } = parseLanggraphJson(file, readFileSync(file, 'utf8'))
  const { schemas, sources } = await extractTypeSchemas(compiler, file, graphs)
  writeCachedSchemas(file, sources, schemas)
  return schemas
}

/**
 * Creates the reader of schemas from TypeScript types: from the file that the build of the image has written, or, where a compiler is installed, by
 * extraction at the first call. Graphs are loaded once per process, so the result is kept.
 *
 * @param file path of the langgraph.json
 */
export function createTypeSchemas(file: string, log: Pick<Logger, 'warn'>): ReadTypeSchemas {
  let read: Promise<Readonly<Record<string, GraphSchemas>>> | undefined
  const schemas = async (): Promise<Readonly<Record<string, GraphSchemas>>> => {
    try {
      const built = join(dirname(file), schemasFileName)
      if (!existsSync(built)) return (await typeSchemasOf(file)) ?? {}
      const parsed: unknown = JSON.parse(readFileSync(built, 'utf8'))
      return isRecord(parsed) ? (parsed as Record<string, GraphSchemas>) : {}
    } catch (error) {
      log.warn({ err: error }, 'type_schemas_unknown')
      return {}
    }
  }
  return () => {
    read ??= schemas()
    return read
  }
}

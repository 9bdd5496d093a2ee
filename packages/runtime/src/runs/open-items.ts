import { late, within } from '@hadal/middleware/within'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type pg from 'pg'
import type { Logger } from 'pino'
import { isEmbedFunction, loadEmbedFunction } from '../agents/embed-function.ts'
import { readStoreSettings, type StoreSettings } from '../agents/store-settings.ts'
import { createEmbeddings } from '../models/create-models.ts'
import type { Scope } from '../store/scope.ts'
import { sealsOf } from '../store/sealing/seals.ts'
import { notConfigured, type SemanticSearch, type StoreIndex } from '../store/semantic-search.ts'
import { TenantItems } from '../store/tenant-items.ts'
import { openVectorTable } from '../store/vector-table.ts'

/** Path of the whole value of an item, which is embedded by default. */
const wholeValue = '$'

interface ItemsProgram {
  readonly pool: pg.Pool
  readonly scope: Scope
  readonly variables: ContainerVariables
  readonly log: Logger
}

/**
 * Opens the items of a tenant's store, with the settings of the langgraph.json.
 *
 * @throws Error with one sentence if the semantic search is configured wrongly. A database without pgvector is no error: the log and `/info` name it
 */
export async function openItems(program: ItemsProgram): Promise<TenantItems> {
  const { ttl, index } = readStoreSettings(program.variables.AGENTS_CONFIG)
  return new TenantItems(program.pool, program.scope, {
    ttl: { defaultMinutes: ttl?.default_ttl ?? undefined, refreshOnRead: ttl?.refresh_on_read ?? true },
    semantic: index ? await openSemanticSearch(program, index) : notConfigured,
  })
}

async function openSemanticSearch(
  { pool, variables, log }: ItemsProgram,
  { embed, dims, fields }: NonNullable<StoreSettings['index']>,
): Promise<SemanticSearch> {
  if (sealsOf(pool)?.writes) {
    const off = 'semantic search is off: the values of items are encrypted, and their vectors would reveal them'
    log.warn({ text: off }, 'semantic_search_off')
    return { reason: off, isConfigured: true }
  }
  const { schema, reason } = await openVectorTable(pool, dims)
  if (schema === undefined) {
    const off = `semantic search is off: ${reason}`
    log.warn({ text: off }, 'semantic_search_off')
    return { reason: off, isConfigured: true }
  }
  const index: StoreIndex = {
    model: embed,
    dims,
    fields: fields ?? [wholeValue],
    schema,
    embed: isEmbedFunction(embed)
      ? await authorsFunction(variables, embed)
      : await createEmbeddings(variables, { name: embed, dims }),
  }
  return { index }
}

/** The author's function with the timeout of a model call. */
async function authorsFunction(variables: ContainerVariables, embed: string): Promise<StoreIndex['embed']> {
  const call = await loadEmbedFunction(variables.AGENTS_CONFIG, embed)
  const { MODEL_CALL_SECONDS: seconds } = variables
  return async (texts) => {
    const vectors = await within(call(texts), seconds * 1_000)
    if (vectors === late) throw new Error(`it did not return within ${seconds} s`)
    return vectors
  }
}

import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { sharedMemoryProblem } from '../agents/shared-memories.ts'
import { Refusal } from '../runs/refusal.ts'
import { EmbeddingFailed } from '../store/embed-texts.ts'
import { keyProblem, mostLabels, namespaceProblem } from '../store/item-place.ts'
import { matchesFilter } from '../store/metadata-filter.ts'
import type { FoundItemRow } from '../store/queries/search-store-items.ts'
import { storeOperators } from '../store/queries/store-filter.ts'
import type { StoreItemRow } from '../store/queries/store-items.ts'
import { SemanticSearchOff } from '../store/semantic-search.ts'
import { HiddenItem } from '../store/tenant-items.ts'
import { authorized } from './authorized.ts'
import { checkedBody, checkedQuery, Flag, Limit, MetadataFilter, Offset, textList } from './checked-input.ts'
import { exactObject } from './exact-object.ts'
import type { HttpContext } from './http-context.ts'
import { jsonAnswer } from './json-answer.ts'
import { Minutes } from './thread-ttl.ts'

const defaultLimit = 10
const defaultNamespaces = 100
/** Maximum number of fields of a filter. Each is a condition of its own in the SQL. */
const mostFilteredFields = 100
/** Maximum number of paths in the `index` of an item. */
const mostPaths = 100

const Key = z.string().superRefine((key, { addIssue }) => {
  const problem = keyProblem(key)
  if (problem) addIssue(problem)
})
/** Schema of a namespace, or of a prefix or suffix of one. */
const Labels = z.array(z.string()).superRefine((labels, { addIssue }) => {
  const problem = namespaceProblem(labels)
  if (problem) addIssue(problem)
})
const Namespace = Labels.min(1, 'must have at least one label')

const isOperator = (key: string): boolean => storeOperators.some((operator) => operator === key)
const Filter = MetadataFilter.superRefine((filter, { addIssue }) => {
  const fields = Object.entries(filter)
  if (fields.length > mostFilteredFields) addIssue(`must have at most ${mostFilteredFields} fields`)
  for (const [name, wanted] of fields) {
    if (name.startsWith('$')) {
      addIssue(
        `has the operator ${JSON.stringify(name)} in place of a field. Write it below the field: { "field": { "$gt": 1 } }`,
      )
    }
    const keys = typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted) ? Object.keys(wanted) : []
    const unknown = keys.find((key) => key.startsWith('$') && !isOperator(key))
    if (unknown !== undefined) {
      addIssue(
        `has the unknown operator ${JSON.stringify(unknown)} for the field ${JSON.stringify(name)}. The operators are ${storeOperators.join(', ')}`,
      )
    }
  }
})

const eachIndex = `must be false or a list of at most ${mostPaths} fields`
const Index = z.union([z.literal(false, eachIndex), z.array(z.string(eachIndex), eachIndex).max(mostPaths, eachIndex)])

export const PutItem = z.strictObject({
  namespace: Namespace.refine(
    ([root]) => root !== 'langgraph',
    'begins with the label "langgraph", which LangGraph reserves. Use another one',
  ),
  key: Key,
  value: z.record(z.string(), z.unknown()),
  index: Index.nullish(),
  ttl: Minutes.nullish(),
})
export const DeleteItem = exactObject({ namespace: Namespace, key: Key })
export const GetItem = z.strictObject({
  /** The labels of the namespace, joined by periods as the official clients send them, or one per parameter. */
  namespace: textList
    .optional()
    .transform((texts = []) => texts.flatMap((text) => text.split('.')))
    .pipe(Namespace),
  key: Key,
  refresh_ttl: Flag.optional(),
})
export const SearchItems = z.strictObject({
  namespace_prefix: Labels.nullish(),
  filter: Filter.nullish(),
  limit: Limit.nullish(),
  offset: Offset.nullish(),
  query: z.string().nullish(),
  refresh_ttl: z.boolean().nullish(),
})
export const ListNamespaces = z.strictObject({
  prefix: Labels.nullish(),
  suffix: Labels.nullish(),
  max_depth: z.int().min(1).nullish(),
  limit: Limit.nullish(),
  offset: Offset.nullish(),
})

/** An item in the API's format. Its value is as stored: bytes are `{ "$bytes": "<base64>" }`. */
const itemAnswer = ({ namespace, key, value, created_at, updated_at }: StoreItemRow): Record<string, unknown> => ({
  namespace,
  key,
  value,
  created_at,
  updated_at,
})

const foundAnswer = (row: FoundItemRow): Record<string, unknown> => ({
  ...itemAnswer(row),
  ...(row.score === null ? {} : { score: row.score }),
})

/** @throws {Refusal} 403 for a change of files that the runs of all users read, by a caller who does not administer the tenant */
function checkShared(c: Context, { agents, scope }: HttpContext, namespace: readonly string[]): void {
  const problem = sharedMemoryProblem(agents, scope, c.get('caller').roles.has('administer'), namespace)
  if (problem !== undefined) throw new Refusal(403, problem, { code: 'role_missing' })
}

/** Routes of the store: the same items that agents read and write in their runs. */
export function storeItems(): Hono {
  const app = new Hono()

  /** Executes work, and converts the errors that the request or the embedding model causes. */
  const refusing = async <Result>(context: HttpContext, work: Promise<Result>): Promise<Result> => {
    try {
      return await work
    } catch (error) {
      if (error instanceof EmbeddingFailed) {
        throw new Refusal(error.byInput ? 422 : 502, context.redactor.text(error.message))
      }
      if (error instanceof SemanticSearchOff) throw new Refusal(422, `query: ${error.message}.`)
      if (error instanceof RangeError) throw new Refusal(422, error.message)
      if (error instanceof HiddenItem)
        throw new Refusal(404, 'You may not write at this place of the store. Use another namespace or key.')
      throw error
    }
  }

  app.put('/items', async (c) => {
    const { ttl, index, ...sent } = await checkedBody(c.get('context'), c, PutItem)
    const asked = { namespace: sent.namespace, key: sent.key, value: sent.value }
    const context = await authorized(c, 'store:put', asked)
    const { namespace, key, value } = asked
    const { items: filter } = context.scope
    if (filter && !matchesFilter(filter, { ...value, namespace, key })) {
      throw new Refusal(
        403,
        "You may not write this item: the server's own sign-in refuses its namespace, key or value.",
      )
    }
    checkShared(c, context, namespace)
    await refusing(
      context,
      context.items.write([{ namespace, key, value, ttl: ttl ?? undefined, index: index ?? undefined }]),
    )
    return c.body(null, 204)
  })

  app.delete('/items', async (c) => {
    const { namespace, key } = await checkedBody(c.get('context'), c, DeleteItem)
    const place = { namespace, key }
    const context = await authorized(c, 'store:delete', place)
    checkShared(c, context, place.namespace)
    await refusing(context, context.items.write([{ ...place, value: null }]))
    return c.body(null, 204)
  })

  app.get('/items', async (c) => {
    const { namespace, key, refresh_ttl } = checkedQuery(c, GetItem)
    const place = { namespace, key }
    const context = await authorized(c, 'store:get', place)
    const row = await refusing(context, context.items.get(place, { refreshTtl: refresh_ttl }))
    // The official clients return null for a missing item only if the status is not an error.
    return jsonAnswer(row ? itemAnswer(row) : null)
  })

  app.post('/items/search', async (c) => {
    const body = await checkedBody(c.get('context'), c, SearchItems)
    const asked = {
      namespace: body.namespace_prefix ?? [],
      filter: { ...body.filter },
      limit: body.limit ?? defaultLimit,
      offset: body.offset ?? 0,
      query: body.query ?? null,
    }
    const context = await authorized(c, 'store:search', asked)
    const search = {
      prefix: asked.namespace,
      filter: body.filter ?? {},
      limit: body.limit ?? defaultLimit,
      offset: body.offset ?? 0,
      query: body.query ?? undefined,
    }
    const found = await refusing(
      context,
      context.items.search(search, { refreshTtl: body.refresh_ttl ?? undefined }, context.reads),
    )
    return jsonAnswer({ items: found.map(foundAnswer) })
  })

  app.post('/namespaces', async (c) => {
    const { suffix, max_depth, limit, offset, ...sent } = await checkedBody(c.get('context'), c, ListNamespaces)
    const asked = {
      namespace: sent.prefix ?? [],
      suffix: suffix ?? null,
      max_depth: max_depth ?? null,
      limit: limit ?? defaultNamespaces,
      offset: offset ?? 0,
    }
    const context = await authorized(c, 'store:list_namespaces', asked)
    const prefix = asked.namespace.length > 0 ? asked.namespace : undefined
    const namespaces = await refusing(
      context,
      context.items.namespaces(
        {
          matches: [
            ...(prefix ? [{ matchType: 'prefix' as const, path: prefix }] : []),
            ...(suffix ? [{ matchType: 'suffix' as const, path: suffix }] : []),
          ],
          ...(max_depth ? { maxDepth: Math.min(max_depth, mostLabels) } : {}),
          limit: limit ?? defaultNamespaces,
          offset: offset ?? 0,
        },
        context.reads,
      ),
    )
    return jsonAnswer({ namespaces })
  })
  return app
}

import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { answeredCalls } from '../runs/approvals/answered-calls.ts'
import { Refusal } from '../runs/refusal.ts'
import { jsonbText } from '../store/json-text.ts'
import {
  countThreads,
  type FoundThreads,
  searchThreads,
  type ThreadPage,
  threadSortColumns,
} from '../store/queries/search-threads.ts'
import type { ThreadFilter } from '../store/queries/thread-filter.ts'
import { threadStatuses } from '../store/queries/thread-rows.ts'
import type { Scope } from '../store/scope.ts'
import { sealsOf } from '../store/sealing/seals.ts'
import type { Queryable } from '../store/transaction.ts'
import { authorized } from './authorized.ts'
import { checkedBody, Limit, Metadata, Name, Offset, Uuid } from './checked-input.ts'
import type { HttpContext } from './http-context.ts'
import { jsonAnswer } from './json-answer.ts'
import { selectedFields } from './selected-fields.ts'
import { threadAnswer } from './thread-answer.ts'
import { Extract, extractedPath } from './thread-extract.ts'

/** Maximum number of fields of a filter on values. Each is a condition of its own in the SQL, with three parameters. */
const mostFilteredValues = 100
/** Maximum number of threads that a search counts for `X-Pagination-Total`. Above it, the total is a lower bound. */
const mostCounted = 1_000

const Filter = {
  metadata: Metadata.nullish(),
  values: Metadata.refine(
    (values) => Object.keys(values).length <= mostFilteredValues,
    `must have at most ${mostFilteredValues} fields`,
  ).nullish(),
  status: z.enum(threadStatuses).nullish(),
}
export const Count = z.strictObject(Filter)
export const Search = z.strictObject({
  ...Filter,
  ids: z.array(Uuid).max(1_000).nullish(),
  limit: Limit.default(10),
  offset: Offset.default(0),
  sort_by: z.enum(threadSortColumns).nullish(),
  sort_order: z.enum(['asc', 'desc']).nullish(),
  select: z.array(Name).nullish(),
  extract: Extract.nullish(),
})

/** @throws {Refusal} 422 for a filter on values, if these are encrypted */
function filterOf(
  { pool }: Pick<HttpContext, 'pool'>,
  query: z.output<typeof Count> & { ids?: string[] | null },
): ThreadFilter {
  if (Object.keys(query.values ?? {}).length > 0 && sealsOf(pool)?.writes) {
    throw new Refusal(
      422,
      "values: the values of threads are encrypted, so the database can't compare them. Filter by metadata, status or ids.",
    )
  }
  return {
    // As on other servers of this API, an empty list is no filter.
    ids: query.ids?.length ? query.ids : undefined,
    metadata: query.metadata ? jsonbText(query.metadata) : undefined,
    values: query.values ?? undefined,
    status: query.status ?? undefined,
  }
}

/**
 * Returns the number of threads that a filter finds, or a lower bound: above {@link mostCounted}, and with a filter on values, which reads the values
 * of each thread that it counts. The last page is always exact.
 *
 * @returns undefined for a page after the last one, if the number is not counted
 */
async function totalOf(
  database: Queryable,
  scope: Scope,
  filter: ThreadFilter,
  { limit, offset }: ThreadPage,
  { threads, more }: FoundThreads,
): Promise<number | undefined> {
  if (!more && (threads.length > 0 || offset === 0)) return offset + threads.length
  const seen = more ? offset + limit + 1 : 0
  if (filter.values || seen > mostCounted) return seen || undefined
  return Math.max(seen, await countThreads(database, scope, filter, mostCounted))
}

/** Asks the author's handler for a search. Its filter narrows the search; a change of the value has no effect. */
const authorizedSearch = (c: Context, query: z.output<typeof Count> & Partial<z.output<typeof Search>>) =>
  authorized(c, 'threads:search', {
    metadata: { ...query.metadata },
    values: { ...query.values },
    status: query.status ?? null,
    ids: query.ids ?? null,
    limit: query.limit ?? 0,
    offset: query.offset ?? 0,
  })

/** Routes that find threads: search and count. */
export function threadSearch(): Hono {
  const app = new Hono()

  app.post('/search', async (c) => {
    const query = await checkedBody(c.get('context'), c, Search)
    const context = await authorizedSearch(c, query)
    const filter = filterOf(context, query)
    const aliases = Object.keys(query.extract ?? {})
    const page: ThreadPage = {
      limit: query.limit,
      offset: query.offset,
      sortBy: query.sort_by ?? 'updated_at',
      ascending: query.sort_order === 'asc',
      select: query.select ?? undefined,
      extract: Object.values(query.extract ?? {}).map(extractedPath),
    }
    const { found, total } = await context.reads.ofMany(async (database) => {
      const found = await searchThreads(database, context.scope, filter, page)
      return { found, total: await totalOf(database, context.scope, filter, page, found) }
    })
    const extractedOf = (parts: readonly unknown[]): object =>
      query.extract ? { extracted: Object.fromEntries(aliases.map((alias, index) => [alias, parts[index]])) } : {}
    const closed = await answeredCalls(context, found.threads)
    return jsonAnswer(
      found.threads.map((thread) => ({
        ...selectedFields(threadAnswer(thread, closed), query.select),
        ...extractedOf(thread.extracted),
      })),
      {
        ...(total === undefined ? {} : { 'x-pagination-total': String(total) }),
        ...(found.more ? { 'x-pagination-next': String(query.offset + query.limit) } : {}),
      },
    )
  })

  app.post('/count', async (c) => {
    const query = await checkedBody(c.get('context'), c, Count)
    const context = await authorizedSearch(c, query)
    const filter = filterOf(context, query)
    return jsonAnswer(await context.reads.ofMany((database) => countThreads(database, context.scope, filter)))
  })
  return app
}

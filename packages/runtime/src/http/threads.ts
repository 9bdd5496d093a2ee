import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { z } from 'zod'
import { deleteThread } from '../runs/delete-thread.ts'
import { Refusal, unknownThread } from '../runs/refusal.ts'
import { jsonbText } from '../store/json-text.ts'
import { copyThread } from '../store/queries/copy-thread.ts'
import { countThreads, searchThreads, type ThreadPage, threadSortColumns } from '../store/queries/search-threads.ts'
import type { ThreadFilter } from '../store/queries/thread-filter.ts'
import { findThread, insertThread, lockThread, threadStatuses, updateThread } from '../store/queries/thread-rows.ts'
import { findThreadTtl } from '../store/queries/thread-ttl.ts'
import { transaction } from '../store/transaction.ts'
import {
  checkedBody,
  checkedQuery,
  Limit,
  Metadata,
  Name,
  NoQuery,
  Offset,
  Uuid,
  uuidParameter,
} from './checked-input.ts'
import type { HttpContext } from './http-context.ts'
import { jsonAnswer } from './json-answer.ts'
import { selectedFields } from './selected-fields.ts'
import { threadAnswer } from './thread-answer.ts'
import { Ttl, ttlAnswer, ttlOf } from './thread-ttl.ts'

const notYet = (what: string) => z.undefined(`${what} is not supported by this server`).optional()

export const Create = z.strictObject({
  thread_id: Uuid.nullish(),
  metadata: Metadata.nullish(),
  if_exists: z.enum(['raise', 'do_nothing']).nullish(),
  supersteps: notYet('supersteps'),
  ttl: Ttl,
})
export const Update = z.strictObject({ metadata: Metadata.nullish(), ttl: Ttl })
export const ReadQuery = z.strictObject({
  /** Additional fields of the answer, separated by commas. */
  include: z
    .string()
    .refine((text) => text.split(',').every((name) => ['', 'ttl'].includes(name.trim())), 'must be "ttl"')
    .optional(),
})
/** Maximum number of fields of a filter on values. Each is a condition of its own in the SQL, with three parameters. */
const mostFilteredValues = 100
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
  extract: notYet('extract'),
})

const filterOf = (query: z.output<typeof Count> & { ids?: string[] | null }): ThreadFilter => ({
  ids: query.ids ?? undefined,
  metadata: query.metadata ? jsonbText(query.metadata) : undefined,
  values: query.values ?? undefined,
  status: query.status ?? undefined,
})

/** Routes of threads: create, search, count, read, update, delete and copy them. */
export function threads(context: HttpContext): Hono {
  const { pool, reads } = context
  const app = new Hono()

  app.post('/', async (c) => {
    const body = await checkedBody(context, c, Create)
    const threadId = body.thread_id ?? randomUUID()
    const metadata = jsonbText(body.metadata ?? {})
    const created = await insertThread(pool, { threadId, metadata, ttl: ttlOf(body.ttl) })
    if (created) return jsonAnswer(threadAnswer(created))
    if (body.if_exists !== 'do_nothing') {
      throw new Refusal(409, `There is a thread ${threadId} already. Send if_exists: "do_nothing" to get it as it is.`)
    }
    const existing = await findThread(pool, threadId)
    if (!existing) throw unknownThread(threadId)
    return jsonAnswer(threadAnswer(existing))
  })

  app.post('/search', async (c) => {
    const query = await checkedBody(context, c, Search)
    const page: ThreadPage = {
      limit: query.limit,
      offset: query.offset,
      sortBy: query.sort_by ?? 'updated_at',
      ascending: query.sort_order === 'asc',
      select: query.select ?? undefined,
    }
    const found = await reads.ofMany((database) => searchThreads(database, filterOf(query), page))
    const next: Record<string, string> =
      found.length === query.limit ? { 'x-pagination-next': String(query.offset + query.limit) } : {}
    return jsonAnswer(
      found.map((thread) => selectedFields(threadAnswer(thread), query.select)),
      next,
    )
  })

  app.post('/count', async (c) => {
    const filter = filterOf(await checkedBody(context, c, Count))
    return jsonAnswer(await reads.ofMany((database) => countThreads(database, filter)))
  })

  app.get('/:thread_id', async (c) => {
    const threadId = uuidParameter(c, 'thread_id')
    const { include = '' } = checkedQuery(c, ReadQuery)
    const thread = await findThread(pool, threadId)
    if (!thread) throw unknownThread(threadId)
    const ttl = include.includes('ttl') ? await findThreadTtl(pool, threadId, context.retention.threadTtl) : undefined
    return jsonAnswer({ ...threadAnswer(thread), ...(ttl ? { ttl: ttlAnswer(ttl) } : {}) })
  })

  app.patch('/:thread_id', async (c) => {
    const threadId = uuidParameter(c, 'thread_id')
    const body = await checkedBody(context, c, Update)
    const metadata = jsonbText(body.metadata ?? {})
    const thread = await updateThread(pool, threadId, { metadata, ttl: ttlOf(body.ttl) })
    if (!thread) throw unknownThread(threadId)
    if (c.req.header('prefer') === 'return=minimal') return c.body(null, 204)
    return jsonAnswer(threadAnswer(thread))
  })

  app.delete('/:thread_id', async (c) => {
    checkedQuery(c, NoQuery)
    await deleteThread(context, uuidParameter(c, 'thread_id'))
    return c.body(null, 204)
  })

  app.post('/:thread_id/copy', async (c) => {
    const threadId = uuidParameter(c, 'thread_id')
    const copy = randomUUID()
    const thread = await transaction(pool, async (client) => {
      if (!(await lockThread(client, threadId))) throw unknownThread(threadId)
      await copyThread(client, threadId, copy)
      return findThread(client, copy)
    })
    if (!thread) throw unknownThread(copy)
    return jsonAnswer(threadAnswer(thread))
  })
  return app
}

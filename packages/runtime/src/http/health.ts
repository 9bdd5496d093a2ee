import { within } from '@hadal/middleware/within'
import { Hono } from 'hono'
import { z } from 'zod'
import type { SemanticSearch } from '../store/semantic-search.ts'
import { checkedQuery, Flag } from './checked-input.ts'
import type { HttpContext } from './http-context.ts'
import { problemAnswer } from './problem-answer.ts'

/** Timeout of the readiness query, in milliseconds. A slower database counts as unavailable. */
const readyWithinMs = 3_000

async function databaseAnswers(context: HttpContext): Promise<boolean> {
  const query = { text: 'SELECT 1', query_timeout: readyWithinMs }
  const answer = context.pool.query(query).then(
    () => true,
    () => false,
  )
  return (await within(answer, readyWithinMs)) === true
}

export const OkQuery = z.strictObject({
  /** Whether the answer also depends on the database. */
  check_db: Flag.optional(),
})

/** Whether the store can be searched by meaning, and how, or why not. */
function storeAnswer(semantic: SemanticSearch): Record<string, unknown> {
  if (!semantic.index) return { semantic_search: false, reason: semantic.reason }
  const { model, dims, fields } = semantic.index
  return { semantic_search: true, embed: model, dims, fields }
}

/** Routes for load balancers, which need no sign-in: liveness (`/health`, `/ok`) and readiness (`/ready`). */
export function health(context: HttpContext): Hono {
  const app = new Hono()
  app.get('/health', (c) => c.json({ status: 'healthy' }))
  app.get('/ok', async (c) => {
    const { check_db = false } = checkedQuery(c, OkQuery)
    if (check_db && !(await databaseAnswers(context))) return problemAnswer(c, 503, 'The database does not answer.')
    return c.json({ ok: true })
  })
  app.get('/ready', async (c) => {
    const [database, redis] = await Promise.all([databaseAnswers(context), context.redisAnswers?.()])
    if (context.isDraining() || !database) return c.json({ status: 'not ready' }, 503)
    // The server is ready without Redis, because no run requires Redis.
    return c.json({ status: 'ready', ...(redis === undefined ? {} : { redis: redis ? 'ready' : 'degraded' }) })
  })
  return app
}

/** Route `/info`: the server's version and features. */
export function info(context: Pick<HttpContext, 'items' | 'version'>): Hono {
  const app = new Hono()
  app.get('/info', (c) =>
    c.json({
      version: context.version,
      store: storeAnswer(context.items.semantic),
      flags: { assistants: true, crons: false, langsmith: false, strict_resume: true, stream_namespaces: false },
    }),
  )
  return app
}

import type pg from 'pg'
import { countDueThreads, listDueThreads } from '../../store/queries/due-threads.ts'
import { findExpiredItems } from '../../store/queries/expired-items.ts'
import { bytesOfCheckpoints, bytesOfThreads } from '../../store/queries/removable-bytes.ts'
import { dueEvents } from '../../store/queries/remove-events.ts'
import { type KeepLatest, planPrunes } from './prune-locked.ts'
import { type RetentionRule, retentionRules } from './retention-rules.ts'
import type { RetentionSettings } from './retention-settings.ts'

/** What one rule would remove now. */
export interface DueRemoval {
  /** The rule as an operator knows it. */
  readonly rule: string
  /** Number and name of what would be removed, such as `12 threads`. */
  readonly what: string
  readonly bytes: number
  /** Time since which the first of them is due, or at which the run of the first event ended; undefined if nothing is due. */
  readonly oldest: Date | undefined
}

/** Number of threads that are read at a time. */
const pageSize = 100

/** Returns what each rule of a server would remove now. Nothing is locked or changed. A thread that is due by two rules counts under both. */
export async function describeDue(pool: pg.Pool, settings: RetentionSettings): Promise<readonly DueRemoval[]> {
  const described: DueRemoval[] = []
  for (const rule of retentionRules(settings)) {
    described.push(await (rule.keepLatest ? pruneOf(pool, rule, rule.keepLatest) : deletionOf(pool, rule)))
  }
  if (settings.eventMinutes > 0) {
    const { runs, rows, bytes, oldest } = await dueEvents(pool, settings.eventMinutes)
    const rule = `events, ${settings.eventMinutes} minutes after their thread came to rest`
    described.push({ rule, what: `${rows} rows of ${runs} runs`, bytes, oldest: oldest ?? undefined })
  }
  const items = await findExpiredItems(pool)
  described.push({
    rule: 'ttl of an item of the store',
    what: `${items.count} items`,
    bytes: items.bytes,
    oldest: items.oldest ?? undefined,
  })
  return described
}

async function deletionOf(pool: pg.Pool, { name, due }: RetentionRule): Promise<DueRemoval> {
  const { count, oldest } = await countDueThreads(pool, due)
  let bytes = 0
  for await (const page of pagesOf(pool, due)) bytes += await bytesOfThreads(pool, page)
  return { rule: name, what: `${count} threads`, bytes, oldest }
}

async function pruneOf(pool: pg.Pool, { name, due }: RetentionRule, keepLatest: KeepLatest): Promise<DueRemoval> {
  let threads = 0
  let checkpoints = 0
  let bytes = 0
  for await (const page of pagesOf(pool, due)) {
    for (const { threadId, remove } of await planPrunes(pool, page, keepLatest, Number.POSITIVE_INFINITY)) {
      if (remove.length === 0) continue
      threads += 1
      checkpoints += remove.length
      bytes += await bytesOfCheckpoints(pool, threadId, remove)
    }
  }
  const { oldest } = await countDueThreads(pool, due)
  const what = `${checkpoints} checkpoints of ${threads} threads`
  return { rule: name, what, bytes, oldest: threads > 0 ? oldest : undefined }
}

async function* pagesOf(pool: pg.Pool, due: RetentionRule['due']): AsyncGenerator<readonly string[]> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const page = await listDueThreads(pool, due, after, pageSize)
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    after = last
  }
}

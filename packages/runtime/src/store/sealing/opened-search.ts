import { isObject } from '@hadal/middleware/unknown-value'
import type { ExtractedPath, FoundThread } from '../queries/search-threads.ts'
import type { Queryable } from '../transaction.ts'
import { places } from './places.ts'
import { isSealed, openedJson, sealedField } from './sealed-json.ts'
import { openedThread, requestOf } from './sealed-thread.ts'
import { SealError } from './sealer.ts'
import { type Seals, sealsOf } from './seals.ts'

/** The parts of a thread that a search wants: see `ThreadPage`. */
interface Wanted {
  readonly select?: readonly string[] | undefined
  readonly extract: readonly ExtractedPath[]
}

/**
 * Opens the sealed columns of a found thread, and chooses their parts as the statement does for plain ones. A thread that can't be opened has the
 * reason in its field `error`, so that a search still finds the others.
 */
export function openedFound(database: Queryable, row: FoundThread, { select, extract }: Wanted): FoundThread {
  const { values, interrupts, error, newest_run: newest } = row
  const parts = row.extracted.some(isSealed)
  if (!parts && !newest?.sealed && ![values, interrupts, error].some(isSealed)) return row
  try {
    const seals = sealsOf(database)
    const opened = openedThread(database, row)
    const extracted = opened.extracted.map((part, index) => {
      const wanted = extract[index]
      return wanted && isSealed(part) ? partOf(openedField(seals, row, part, wanted), wanted.path) : part
    })
    const keys = select && !select.includes('values') ? select : undefined
    // The copies read every getter now, so that a value that can't be decrypted throws here.
    return {
      ...opened,
      ...(newest ? { newest_run: { ...newest } } : {}),
      values: keys && isSealed(values) ? chosen(opened.values, keys) : opened.values,
      extracted,
    }
  } catch (trouble) {
    if (!(trouble instanceof SealError)) throw trouble
    // A copy of the row would read the getter that threw.
    const { thread_id, tenant, status, metadata, created_at, updated_at, state_updated_at } = row
    const named = { error: trouble.name, message: trouble.message }
    const found = { thread_id, tenant, status, metadata, created_at, updated_at, state_updated_at }
    return {
      ...found,
      values: null,
      interrupts: {},
      error: named,
      newest_run: null,
      extracted: extract.map(() => null),
    }
  }
}

function openedField(seals: Seals | undefined, row: FoundThread, part: unknown, { field }: ExtractedPath): unknown {
  if (!isSealed(part)) return part
  if (field === 'values') return openedJson(seals, part, places.threadValues(row.tenant, row.thread_id))
  if (field === 'interrupts') return openedJson(seals, part, places.threadInterrupts(row.tenant, row.thread_id))
  const runId = Reflect.get(part, 'run_id')
  const request = requestOf(seals, { sealed: part[sealedField], run_id: String(runId) }, row.tenant)
  return request.config
}

/** Returns the part at a path, as PostgreSQL's `#>` does; null if there is none. */
export function partOf(value: unknown, path: readonly string[]): unknown {
  let part = value
  for (const step of path) {
    if (Array.isArray(part)) part = /^-?\d+$/.test(step) ? part.at(Number(step)) : undefined
    else part = isObject(part) && Object.hasOwn(part, step) ? part[step] : undefined
  }
  return part ?? null
}

/** Returns the keys `name` of `values.name` that the values have; null if they have none. */
function chosen(values: unknown, select: readonly string[]): unknown {
  const prefix = 'values.'
  const keys = select.flatMap((field) => (field.startsWith(prefix) ? [field.slice(prefix.length)] : []))
  const found = Object.entries(isObject(values) ? values : {}).filter(([key]) => keys.includes(key))
  return found.length > 0 ? Object.fromEntries(found) : null
}

import { readFileSync } from 'node:fs'
import { isRecord } from '@hadal/middleware/unknown-value'
import { nearestName } from '@hadal/platform/nearest-name'
import { z } from 'zod'

const minutes = z
  .number('must be a number of minutes')
  .positive('must be above 0')
  .max(52_560_000, 'must be at most 52560000')

const Ttl = z.strictObject(
  {
    refresh_on_read: z.boolean('must be true or false').nullish(),
    default_ttl: minutes.nullish(),
    // Node's timers wait for 24 days at most.
    sweep_interval_minutes: minutes.max(10_080, 'must be at most 10080').nullish(),
  },
  'must be an object',
)

const Index = z.strictObject(
  {
    embed: z
      .string('must be "provider:model" or "./file.ts:function"')
      .regex(/^.+:[^:]+$/, 'must be "provider:model" or "./file.ts:function"'),
    // The maximum of pgvector.
    dims: z
      .int('must be a whole number of dimensions')
      .min(1, 'must be at least 1')
      .max(16_000, 'must be at most 16000'),
    fields: z
      .array(z.string('must be a path such as "$", "title" or "chapters[*].content"'), 'must be a list of paths')
      .min(1, 'must have at least one path')
      .nullish(),
  },
  'must be an object',
)

/** Field `store` of a langgraph.json, without `path`. */
const Store = z.strictObject({ ttl: Ttl.nullish(), index: Index.nullish() })

/** Settings of the store in a langgraph.json. */
export type StoreSettings = z.output<typeof Store>

const fieldsAt: Readonly<Record<string, readonly string[]>> = {
  'store.ttl': Object.keys(Ttl.shape),
  'store.index': Object.keys(Index.shape),
}

function sentenceOf(file: string, issue: z.core.$ZodIssue, store: unknown): string {
  const at = ['store', ...issue.path.map(String)].join('.')
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    const known = fieldsAt[at] ?? []
    const near = nearestName(key, known)
    return `${file}: ${at} has the unknown field "${key}". ${near ? `Did you mean "${near}"?` : `The fields are ${known.join(', ')}.`}`
  }
  const given = issue.path.reduce<unknown>((value, key) => (isRecord(value) ? value[String(key)] : undefined), store)
  return given === undefined
    ? `${file}: ${at} is missing: it ${issue.message}. Add it.`
    : `${file}: ${at} is ${JSON.stringify(given)}: ${issue.message}. Change it.`
}

function noticeOf(file: string, field: string): string {
  if (field === 'path') return `${file}: "store.path" has no effect: this server has its own store, in PostgreSQL.`
  const near = nearestName(field, Object.keys(Store.shape))
  return `${file}: store has the unknown field "${field}". ${near ? `Did you mean "${near}"?` : 'It has no effect.'}`
}

interface ParsedStore {
  readonly settings: StoreSettings
  readonly problems: readonly string[]
  readonly notices: readonly string[]
}

/**
 * Validates the field `store` of a langgraph.json.
 *
 * @param file name of the file in the messages
 */
export function parseStore(file: string, store: unknown): ParsedStore {
  if (store === undefined || store === null) return { settings: {}, problems: [], notices: [] }
  if (!isRecord(store)) {
    const problem = `${file}: "store" is ${JSON.stringify(store)}. Use { "ttl": { … } }.`
    return { settings: {}, problems: [problem], notices: [] }
  }
  const ours = Object.fromEntries(Object.entries(store).filter(([field]) => Object.hasOwn(Store.shape, field)))
  const notices = Object.keys(store)
    .filter((field) => !Object.hasOwn(Store.shape, field))
    .map((field) => noticeOf(file, field))
  const parsed = Store.safeParse(ours)
  if (parsed.success) return { settings: parsed.data, problems: [], notices }
  return { settings: {}, problems: parsed.error.issues.map((issue) => sentenceOf(file, issue, ours)), notices }
}

/** Reads `store` from a langgraph.json. A file that is missing or invalid counts as one without it: loading the agents reports that. */
export function readStoreSettings(file: string): StoreSettings {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isRecord(content) ? parseStore(file, content.store).settings : {}
  } catch {
    return {}
  }
}

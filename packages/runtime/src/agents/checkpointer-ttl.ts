import { readFileSync } from 'node:fs'
import { isRecord } from '@hadal/middleware/unknown-value'
import { nearestName } from '@hadal/platform/nearest-name'
import { z } from 'zod'

const minutes = z
  .number('must be a number of minutes')
  .positive('must be above 0')
  .max(52_560_000, 'must be at most 52560000')

/** Field `checkpointer.ttl` of a langgraph.json. */
const CheckpointerTtl = z.strictObject({
  strategy: z.enum(['delete', 'keep_latest'], 'must be "delete" or "keep_latest"').nullish(),
  default_ttl: minutes.nullish(),
  // Node's timers wait for 24 days at most.
  sweep_interval_minutes: minutes.max(10_080, 'must be at most 10080').nullish(),
  sweep_limit: z.int('must be a whole number of threads').positive('must be above 0').nullish(),
})

/** TTL of threads in a langgraph.json: what happens to a thread after `default_ttl` minutes without use, and how often the server looks. */
export type CheckpointerTtl = z.output<typeof CheckpointerTtl>

const known = Object.keys(CheckpointerTtl.shape)

function sentenceOf(file: string, issue: z.core.$ZodIssue, value: unknown): string {
  const at = `${file}: checkpointer.ttl`
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    const near = nearestName(key, known)
    return `${at} has the unknown field "${key}". ${near ? `Did you mean "${near}"?` : `The fields are ${known.join(', ')}.`}`
  }
  const name = issue.path.map(String).join('.')
  const given: unknown = isRecord(value) && name ? value[name] : value
  return `${at}${name ? `.${name}` : ''} is ${JSON.stringify(given)}: ${name ? issue.message : 'must be an object'}. Change it.`
}

interface Checkpointer {
  readonly ttl: CheckpointerTtl
  readonly problems: readonly string[]
  readonly notices: readonly string[]
}

/**
 * Validates the field `checkpointer` of a langgraph.json.
 *
 * @param file name of the file in the messages
 */
export function parseCheckpointer(file: string, checkpointer: unknown): Checkpointer {
  if (checkpointer === undefined || checkpointer === null) return { ttl: {}, problems: [], notices: [] }
  if (!isRecord(checkpointer)) {
    const problem = `${file}: "checkpointer" is ${JSON.stringify(checkpointer)}. Use { "ttl": { … } }.`
    return { ttl: {}, problems: [problem], notices: [] }
  }
  const notices = Object.keys(checkpointer)
    .filter((field) => field !== 'ttl')
    .map((field) => `${file}: "checkpointer.${field}" has no effect in this server, which has its own checkpointer.`)
  const parsed = CheckpointerTtl.safeParse(checkpointer.ttl ?? {})
  if (parsed.success) return { ttl: parsed.data, problems: [], notices }
  const problems = parsed.error.issues.map((issue) => sentenceOf(file, issue, checkpointer.ttl))
  return { ttl: {}, problems, notices }
}

/** Reads `checkpointer.ttl` from a langgraph.json. A file that is missing or invalid counts as one without it: loading the agents reports that. */
export function readCheckpointerTtl(file: string): CheckpointerTtl {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isRecord(content) ? parseCheckpointer(file, content.checkpointer).ttl : {}
  } catch {
    return {}
  }
}

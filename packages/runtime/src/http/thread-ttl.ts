import { z } from 'zod'
import { ttlStrategies } from '../store/queries/due-threads.ts'
import type { DatedTtl, ThreadTtl } from '../store/queries/thread-ttl.ts'
import { exactObject } from './exact-object.ts'

/** Maximum TTL in minutes: a hundred years. */
const mostMinutes = 52_560_000

/** Schema of a TTL in minutes. */
export const Minutes = z
  .number('must be a number of minutes')
  .positive('must be a number of minutes above 0')
  .max(mostMinutes, `must be at most ${mostMinutes} minutes`)

/** Schema of the field `ttl` of a request. Null means absence, as in every optional field. */
export const Ttl = exactObject({
  strategy: z.enum(ttlStrategies, 'must be "delete" or "keep_latest"').nullish(),
  ttl: Minutes,
}).nullish()

/** The TTL that a request gives; undefined if it gives none. */
export const ttlOf = (ttl: z.output<typeof Ttl>): ThreadTtl | undefined =>
  ttl ? { strategy: ttl.strategy ?? 'delete', minutes: ttl.ttl } : undefined

/** TTL of a thread in the API's format. */
export const ttlAnswer = ({ strategy, minutes, expiresAt }: DatedTtl): Record<string, unknown> => ({
  strategy,
  ttl_minutes: minutes,
  expires_at: expiresAt.toISOString(),
})

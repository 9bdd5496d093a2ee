import { z } from 'zod'

/** Cache of model responses in Redis. */
export const Cache = z.strictObject({
  enabled: z.boolean().default(true),
  ttlSeconds: z.int().min(1).max(604_800).default(3600),
})

/** Number of runs, streams or requests; undefined for no limit. */
const most = z.int().min(1).max(1_000_000).optional()

/** Limits of one caller, one tenant and one run. Without sign-in there is one tenant and no user. */
export const Limits = z.strictObject({
  /** Maximum rate of a caller's API requests: of a user, or of an address without sign-in. Also of a run's model calls. */
  requestsPerMinute: z.int().min(1).default(60),
  /** Maximum rate of the API requests of all callers of a tenant. Default: no limit. */
  requestsPerMinutePerTenant: most,
  /** Maximum burst of API requests: number of requests that an idle caller may send at once. */
  burst: z.int().min(1).default(60),
  bodyBytes: z.int().min(1024).max(104_857_600).default(10_485_760),
  /** Maximum size of the metadata of a thread, a run or an assistant, as JSON. */
  metadataBytes: z.int().min(1024).max(104_857_600).default(1_048_576),
  /** Maximum size of an event that a run streams, as JSON. A run with a larger one ends with an error. */
  eventBytes: z.int().min(65_536).max(268_435_456).default(134_217_728),
  runSeconds: z.int().min(1).max(86_400).default(900),
  /** Maximum number of steps of a run's graph. deepagents' own limit is 10,000. */
  runSteps: z.int().min(1).max(10_000).default(1000),
  /** Maximum number of runs of a tenant, and of a user, that workers execute at the same time. Further ones wait. Default: no limit. */
  concurrentRunsPerTenant: most,
  concurrentRunsPerUser: most,
  /**
   * Maximum number of waiting runs of a tenant, and of a user. Further ones are refused. Submissions at the same moment may exceed it by a few runs.
   * Default: no limit.
   */
  queuedRunsPerTenant: most,
  queuedRunsPerUser: most,
  /** Maximum number of open streams of a tenant, and of a user, on one API pod. Further ones are refused. Default: no limit. */
  streamsPerTenant: most,
  streamsPerUser: most,
})

const amount = z
  .strictObject({ tokens: z.int().min(1).optional(), usd: z.number().positive().optional() })
  .refine(({ tokens, usd }) => tokens !== undefined || usd !== undefined, 'an object with tokens, usd, or both')

/** Budgets in tokens and US dollars. `warnSessionTokens` only warns, as in the production guide; the others stop a run before its next model call. */
export const Budgets = z.strictObject({
  warnSessionTokens: z.int().min(1).default(100_000),
  run: amount.optional(),
  thread: amount.optional(),
  tenantPerDay: amount.optional(),
  /** Budget of the runs that a user starts in a day (UTC). */
  userPerDay: amount.optional(),
})

/** Approvals: a person confirms dangerous tool calls. */
export const Approvals = z.strictObject({
  /** Whether dangerous tool calls need an approval. Must be true in a protected environment. */
  enabled: z.boolean().default(true),
  /** Hours after which an unanswered approval counts as rejected. */
  expireHours: z.int().min(1).max(720).default(24),
})

/** Input validation: detection of injected instructions. */
export const Validation = z.strictObject({
  enabled: z.boolean().default(true),
  onFinding: z.enum(['block', 'flag']).default('block'),
})

import { z } from 'zod'

/** Response cache in Redis. */
export const Cache = z.strictObject({
  enabled: z.boolean().default(true),
  ttlSeconds: z.int().min(1).max(604_800).default(3600),
})

/** What one caller, one tenant and one run may take. */
export const Limits = z.strictObject({
  requestsPerMinute: z.int().min(1).default(60),
  /** Requests beyond the rate that a quiet caller may make at once. */
  burst: z.int().min(1).default(60),
  bodyBytes: z.int().min(1024).max(104_857_600).default(10_485_760),
  runSeconds: z.int().min(1).max(86_400).default(900),
  /** Steps of the graph; deepagents' own limit is 10,000. */
  runSteps: z.int().min(1).max(10_000).default(1000),
  concurrentRunsPerTenant: z.int().min(1).default(20),
})

const amount = z
  .strictObject({ tokens: z.int().min(1).optional(), usd: z.number().positive().optional() })
  .refine(({ tokens, usd }) => tokens !== undefined || usd !== undefined, 'tokens, usd, or both')

/** Tokens and money. The warning is the guide's; the others stop before the next call. */
export const Budgets = z.strictObject({
  warnSessionTokens: z.int().min(1).default(100_000),
  run: amount.optional(),
  thread: amount.optional(),
  tenantPerDay: amount.optional(),
})

/** Questions to a person before an agent acts. */
export const Approvals = z.strictObject({
  /** Off is refused where the environment is protected. */
  enabled: z.boolean().default(true),
  /** Hours after which an unanswered question counts as rejected. */
  expireHours: z.int().min(1).max(720).default(24),
})

/** Filter for injected instructions. */
export const Validation = z.strictObject({
  enabled: z.boolean().default(true),
  onFinding: z.enum(['block', 'flag']).default('block'),
})

import { z } from 'zod'

/** Cache of model responses in Redis. */
export const Cache = z.strictObject({
  enabled: z.boolean().default(true),
  ttlSeconds: z.int().min(1).max(604_800).default(3600),
})

/** Limits of one caller, one tenant and one run. */
export const Limits = z.strictObject({
  requestsPerMinute: z.int().min(1).default(60),
  /** Maximum burst of API requests: number of requests that an idle caller may send at once. */
  burst: z.int().min(1).default(60),
  bodyBytes: z.int().min(1024).max(104_857_600).default(10_485_760),
  runSeconds: z.int().min(1).max(86_400).default(900),
  /** Maximum number of steps of a run's graph. deepagents' own limit is 10,000. */
  runSteps: z.int().min(1).max(10_000).default(1000),
  concurrentRunsPerTenant: z.int().min(1).default(20),
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

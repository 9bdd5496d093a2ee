import type { BaseStore } from '@langchain/langgraph-checkpoint'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { PlatformApprovals } from '../approvals/create-approvals.ts'
import type { PlatformValidation } from '../input-validation/create-input-validation.ts'
import type { AgentModels } from '../models/create-models.ts'
import type { PlatformCache, PlatformLimit } from '../redis/create-redis.ts'
import type { PlatformSandboxes } from '../sandboxes/create-sandboxes.ts'
import type { PlatformBudgets } from '../spending/create-spending.ts'

/**
 * What the server lends to every agent that it builds: its connections and what the environment asks of the production stack. A part that
 * the environment switches off is undefined, and its layer is left out.
 */
export interface AgentPlatform {
  readonly log: Logger
  /** Where layers register their metrics, once a process. */
  readonly registry: Registry
  readonly pool: pg.Pool
  readonly approvals: PlatformApprovals
  /** The look for injected instructions. */
  readonly validation?: PlatformValidation | undefined
  /** The environment's models; none where no provider has a key. */
  readonly models?: AgentModels | undefined
  /** Hard budgets of tokens and money. */
  readonly budgets?: PlatformBudgets | undefined
  /** Answers of models in Redis. */
  readonly cache?: PlatformCache
  /** How often a run may call a model. */
  readonly modelCalls?: PlatformLimit
  /** The tenant's items, which outlive threads. */
  readonly store: BaseStore
  /** For agents whose backend is `sandbox`. */
  readonly sandboxes?: PlatformSandboxes | undefined
  /** A folder on a volume that all replicas share, for agents whose backend is `batch`. */
  readonly batchFolder?: string | undefined
}

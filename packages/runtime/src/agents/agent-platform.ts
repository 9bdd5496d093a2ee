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

/** Stores of the files that outlive threads. */
export interface PlatformMemories {
  /** Files of the run's user; without sign-in those of the tenant. */
  readonly ofUser: BaseStore
  /** Files that the users of the run's tenant share. */
  readonly shared: BaseStore
  /** Whether the run may change shared files. */
  readonly mayChangeShared: () => boolean
}

/**
 * Connections and settings that the server passes to every agent that it builds. A part is undefined if the environment disables it; the agent's
 * stack then omits its middleware.
 */
export interface AgentPlatform {
  readonly log: Logger
  /**
   * Whether this process executes runs. If not, it is the API of an environment with separate workers: it only describes the agents, and its
   * NetworkPolicy allows no connections to what agents use, such as an MCP server.
   */
  readonly executesRuns: boolean
  /** Prometheus registry of this process, in which the middleware registers its metrics. */
  readonly registry: Registry
  readonly pool: pg.Pool
  readonly approvals: PlatformApprovals
  /** Input validation, which searches the texts that agents read for injected instructions (prompt injection). */
  readonly validation?: PlatformValidation | undefined
  /** Models of the environment; undefined if no provider has a key. */
  readonly models?: AgentModels | undefined
  /** Budgets: hard limits of the tokens and the money that models may use. */
  readonly budgets?: PlatformBudgets | undefined
  /** Response cache in Redis for the answers of models. */
  readonly cache?: PlatformCache
  /** Rate limiter for the model calls of each run. */
  readonly modelCalls?: PlatformLimit
  /** LangGraph store, whose items outlive threads: inside of a run those of its user, or of the tenant without sign-in. */
  readonly store: BaseStore
  /** Stores of the files that outlive threads, for the run whose code calls them. */
  readonly memories: PlatformMemories
  /** Sandboxes for agents with the backend `sandbox`. */
  readonly sandboxes?: PlatformSandboxes | undefined
  /** Path of a folder on a volume that all replicas share: agents with the backend `batch` keep their files there. */
  readonly batchFolder?: string | undefined
}

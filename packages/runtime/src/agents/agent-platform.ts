import type { ApprovalLedger } from '@hadal/middleware/approvals/approval-ledger'
import type { TextInspector } from '@hadal/middleware/input-validation/text-inspector'
import type { ValidationAction, ValidationReport } from '@hadal/middleware/input-validation/verdict'
import type { Decision, Limiter } from '@hadal/middleware/rate-limit/limiter'
import type { ResponseCacheObserver } from '@hadal/middleware/response-cache/answer-flights'
import type { AnswerStore } from '@hadal/middleware/response-cache/answer-store'
import type { Budgets, Ledger, Refusal } from '@hadal/middleware/token-budget/ledger'
import type { BaseStore } from '@langchain/langgraph-checkpoint'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { AgentModels } from '../models/create-models.ts'
import type { ExecutionStatus, SandboxProvider } from '../sandboxes/sandbox/thread-sandbox.ts'

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

export interface PlatformSandboxes {
  readonly provider: SandboxProvider
  readonly onExecution: (status: ExecutionStatus) => void
}

export interface PlatformBudgets {
  readonly tenant: string
  readonly budgets: Budgets
  readonly ledger: Ledger
  readonly onRefusal: (refusal: Refusal) => void
}

export interface PlatformValidation {
  /** Shared by the door and by all agents, so that a text is inspected once. */
  readonly inspector: TextInspector
  readonly onFinding: ValidationAction
  /** Counts and logs findings. Never gets the text. */
  readonly report: (report: ValidationReport, configurable: Readonly<Record<string, unknown>>) => void
}

export interface PlatformApprovals {
  /** Without it nothing new is asked; what was asked before still waits for its answer. */
  readonly enabled: boolean
  readonly expirySeconds: number
  readonly ledger: ApprovalLedger
}

export interface PlatformCache {
  readonly store: AnswerStore
  readonly ttlSeconds: number
  readonly observer: ResponseCacheObserver
  readonly tenant: string
}

export interface PlatformLimit {
  readonly limiter: Limiter
  readonly tenant: string
  readonly perMinute: number
  readonly burst: number
  readonly decided: (decision: Decision) => void
}

import type { Authenticate } from '../access/authenticate.ts'
import type { ReadTypeSchemas } from '../agents/schemas/type-schemas.ts'
import type { PlatformValidation } from '../input-validation/create-input-validation.ts'
import type { RequestLimit } from '../redis/create-redis.ts'
import type { RetentionSettings } from '../runs/retention/retention-settings.ts'
import type { RunsContext } from '../runs/runs-context.ts'
import type { Reads } from '../store/reads/reads.ts'
import type { TenantItems } from '../store/tenant-items.ts'
import type { RequestTrace, Tracing } from '../tracing/tracing.ts'
import type { CorsSettings } from './cors-settings.ts'
import type { ProjectRoutes } from './project-routes.ts'
import type { StreamLimit } from './stream-limit.ts'

declare module 'hono' {
  interface ContextVariableMap {
    /** Trace of the HTTP request; undefined if tracing is not configured. */
    trace?: RequestTrace
  }
}

/** Dependencies of all HTTP routes, created once per server. */
export interface HttpContext extends RunsContext {
  /** Executes searches, counts, lists and histories, which a replica of the database may answer, in the tenant of the scope. */
  readonly reads: Reads
  /** Returns the reads of a tenant. */
  readonly readsOf: (tenant: string) => Reads
  /** Items of the store, which agents read and write in their runs. */
  readonly items: TenantItems
  /** Finds out who sent a request. */
  readonly authenticate: Authenticate
  /** Whether the user whose run asks a question about a tool call may not answer it. Default: the user may. */
  readonly approvalByOthers?: boolean
  /** Number of proxies in front of the server that append their client's address to `X-Forwarded-For`. */
  readonly trustedProxies: number
  readonly bodyLimitBytes: number
  /** Maximum size of the field `metadata` of a request's body, as JSON. */
  readonly metadataLimitBytes: number
  /** Which web pages may call the API; undefined if none may. */
  readonly cors: CorsSettings | undefined
  /** Host names by which clients may call the API; empty for any. See {@link localRequests}. */
  readonly allowedHosts: readonly string[]
  readonly version: string
  /** Whether this process serves the LangGraph API. A process with the role `worker` serves only health routes. */
  readonly servesRuns: boolean
  /** Whether the server has received SIGTERM. */
  readonly isDraining: () => boolean
  /** Signal that is aborted when the server closes: open streams end then, and their clients continue on another replica. */
  readonly closing: AbortSignal
  /** Tracing of requests; undefined if it is not configured. */
  readonly tracing: Tracing | undefined
  /** Callback for metrics, called for each HTTP response. */
  readonly onAnswer: (answer: { method: string; route: string; status: number; seconds: number }) => void
  /** Rate limit of HTTP requests; undefined if the rate is unlimited. */
  readonly requestLimit?: RequestLimit
  /** Limit of open streams; undefined for streams of the server's own calls. */
  readonly streamLimit?: StreamLimit
  /** Whether Redis answers now; undefined if no Redis is configured. */
  readonly redisAnswers?: () => Promise<boolean>
  /** Input validation of the texts that clients send; undefined if it is off. */
  readonly validation?: PlatformValidation
  /** Reads the schemas of graphs from their TypeScript types. */
  readonly typeSchemas: ReadTypeSchemas
  /** How long the server keeps threads and their checkpoints. */
  readonly retention: RetentionSettings
  /** Settings and routes of the langgraph.json. Undefined if it has none. */
  readonly project?: ProjectRoutes
}

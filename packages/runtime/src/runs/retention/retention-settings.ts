import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { CheckpointerTtl } from '../../agents/checkpointer-ttl.ts'
import type { StoreSettings } from '../../agents/store-settings.ts'
import type { TtlStrategy } from '../../store/queries/due-threads.ts'

/** How long a server keeps threads, checkpoints and events. */
export interface RetentionSettings {
  /** TTL of threads that have none of their own; undefined to keep them. */
  readonly threadTtl: { readonly strategy: TtlStrategy; readonly minutes: number } | undefined
  /** Age in days at which checkpoints that don't continue their thread are removed; 0 to keep them. */
  readonly checkpointDays: number
  /** Whether these checkpoints are removed as soon as their thread is at rest. */
  readonly keepLatest: boolean
  /** Number of a thread's last turns whose first checkpoint stays. */
  readonly keepTurns: number
  /** Minutes for which events stay after their thread came to rest; 0 to keep them. */
  readonly eventMinutes: number
  /** Time in milliseconds between two sweeps. */
  readonly sweepEveryMs: number
}

const defaultSweepMinutes = 1

type RetentionVariables = Pick<
  ContainerVariables,
  | 'CHECKPOINT_RETENTION_DAYS'
  | 'CHECKPOINT_KEEP_LATEST'
  | 'CHECKPOINT_KEEP_TURNS'
  | 'EVENT_RETENTION_MINUTES'
  | 'THREAD_TTL_MINUTES'
  | 'THREAD_TTL_STRATEGY'
>

/**
 * Returns how long a server keeps data. A TTL in its environment variables wins over the one in its langgraph.json.
 *
 * @param ttl field `checkpointer.ttl` of the langgraph.json
 * @param store field `store` of the langgraph.json, which can only make the sweeps more frequent: they also remove other data
 */
export function retentionSettings(
  variables: RetentionVariables,
  ttl: CheckpointerTtl = {},
  store: StoreSettings = {},
): RetentionSettings {
  const written = ttl.default_ttl ? { strategy: ttl.strategy ?? 'delete', minutes: ttl.default_ttl } : undefined
  return {
    threadTtl: variables.THREAD_TTL_MINUTES
      ? { strategy: variables.THREAD_TTL_STRATEGY, minutes: variables.THREAD_TTL_MINUTES }
      : written,
    checkpointDays: variables.CHECKPOINT_RETENTION_DAYS,
    keepLatest: variables.CHECKPOINT_KEEP_LATEST,
    keepTurns: variables.CHECKPOINT_KEEP_TURNS,
    eventMinutes: variables.EVENT_RETENTION_MINUTES,
    sweepEveryMs:
      60_000 *
      Math.min(
        ttl.sweep_interval_minutes ?? defaultSweepMinutes,
        store.ttl?.sweep_interval_minutes ?? Number.POSITIVE_INFINITY,
      ),
  }
}

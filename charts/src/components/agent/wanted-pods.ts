import type { Environment } from '@hadal/platform/environment'
import type { Autoscaling } from '@hadal/platform/schema/agent'
import { metrics, series } from '../../alerts/metrics.ts'

/**
 * PromQL query for the number of pods that are wanted now: enough for the running runs, and one more per `waitingRunsPerPod` waiting runs.
 * Every server reports the same queue, so the query takes the maximum. While the database is unavailable the servers report NaN, which the
 * comparison drops: without a result KEDA uses the fallback.
 */
export function wantedPods(
  environment: Environment,
  { waitingRunsPerPod }: Extract<Autoscaling, { kind: 'queue' }>,
): string {
  const maximum = (metric: string) => `max(${series(environment, metric)})`
  const running = `${maximum(metrics.runsRunning)} / ${environment.agent.runsPerPod}`
  const waiting = `${maximum(metrics.queueWaiting)} / ${waitingRunsPerPod}`
  return `(${running} + ${waiting}) >= 0`
}

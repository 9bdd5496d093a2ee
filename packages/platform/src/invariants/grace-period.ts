import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Seconds between the end of the drain and SIGKILL: the kubelet's clock starts before SIGTERM, and the process flushes traces and logs last. */
const exitSeconds = 10

/** Requires a grace period longer than the drain. A pod killed while it drains cuts its streams, and other workers must recover its runs. */
export function gracePeriod({ agent }: Environment): Problem[] {
  const least = agent.drainSeconds + exitSeconds
  if (agent.gracePeriodSeconds >= least) return []
  return [
    {
      path: 'agent.gracePeriodSeconds',
      value: agent.gracePeriodSeconds,
      allowed: `Must be at least agent.drainSeconds (${agent.drainSeconds}) plus ${exitSeconds} seconds for the process to exit.`,
      remedy: `Raise it to ${least}, or lower agent.drainSeconds.`,
    },
  ]
}

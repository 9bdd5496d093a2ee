import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Seconds beyond the drain: the kubelet's clock starts before the process gets its signal, and its last act is to write traces and logs out. */
const exitSeconds = 10

/** A pod that is killed while it drains leaves runs to be found by their missed heartbeats, and cuts every stream. */
export function gracePeriod({ agent }: Environment): Problem[] {
  const least = agent.drainSeconds + exitSeconds
  if (agent.gracePeriodSeconds >= least) return []
  return [
    {
      path: 'agent.gracePeriodSeconds',
      value: agent.gracePeriodSeconds,
      allowed: `Allowed is at least agent.drainSeconds (${agent.drainSeconds}) and ${exitSeconds} more, in which the process ends.`,
      remedy: `Raise it to ${least}, or lower agent.drainSeconds.`,
    },
  ]
}

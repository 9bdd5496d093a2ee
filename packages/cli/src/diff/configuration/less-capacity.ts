import { agentWorkloads } from '@hadal/platform/agent-workloads'
import type { Environment } from '@hadal/platform/environment'
import type { ConfigurationDanger } from './configuration-danger.ts'

/** Finds a lower maximum of pods that serve the API, and of runs that are executed at the same time. */
export function lessCapacity(before: Environment, after: Environment): ConfigurationDanger[] {
  const [old, fresh] = [capacity(before), capacity(after)]
  const found: ConfigurationDanger[] = []
  if (fresh.apiPods < old.apiPods)
    found.push({
      rule: 'less-capacity',
      field: 'agent',
      what: `The maximum number of pods that serve the API changes from ${old.apiPods} to ${fresh.apiPods}.`,
      why: 'Under the load that needed more, requests wait or fail.',
    })
  if (fresh.runs < old.runs)
    found.push({
      rule: 'less-capacity',
      field: 'agent',
      what: `The maximum number of runs at the same time changes from ${old.counted} to ${fresh.counted}.`,
      why: 'Under the load that needed more, runs wait for a worker.',
    })
  return found
}

function capacity({ agent }: Environment) {
  const workloads = agentWorkloads(agent)
  const podsOf = (role: 'api' | 'worker'): number =>
    workloads.filter((one) => one.role === role || one.role === 'all').reduce((sum, { pods }) => sum + pods.max, 0)
  const runs = podsOf('worker') * agent.runsPerPod
  return { apiPods: podsOf('api'), runs, counted: `${runs} (${podsOf('worker')} pods × ${agent.runsPerPod} runs)` }
}

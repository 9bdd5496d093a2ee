import { agentWorkloads } from '../agent-workloads.ts'
import type { Environment } from '../environment.ts'
import { smallestWorkerMemory } from '../memory-shares.ts'
import type { Problem } from '../problem.ts'
import { memoryBytes } from '../quantity.ts'

/** Requires enough memory in a container that runs agents: for the server, and for the child process that runs a suspect. */
export function workerMemory({ agent }: Environment): Problem[] {
  return agentWorkloads(agent)
    .filter(({ role }) => role !== 'api')
    .filter(({ workload }) => memoryBytes(workload.resources.limits.memory) < smallestWorkerMemory * 2 ** 20)
    .map(({ path, workload }) => ({
      path: `${path}.resources.limits.memory`,
      value: workload.resources.limits.memory,
      allowed: `Must be at least ${smallestWorkerMemory}Mi: the server shares the memory with the child process that runs suspects.`,
      remedy: `Raise it to ${smallestWorkerMemory}Mi.`,
    }))
}

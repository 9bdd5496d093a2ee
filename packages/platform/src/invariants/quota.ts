import type { Environment } from '../environment.ts'
import { type Amount, largestScaleOut } from '../largest-scale-out.ts'
import type { Problem } from '../problem.ts'
import { cpuMillis, cpuText, memoryBytes, memoryText } from '../quantity.ts'

function problem(path: string, value: string | number, needed: string | number): Problem {
  return {
    path,
    value,
    allowed: `Must be at least ${needed}, which the namespace needs for a rollout at the largest scale. Otherwise a rollout under load stops halfway.`,
    remedy: `Raise it to ${needed} or more, or lower the maximum number of pods.`,
  }
}

/** Requires a quota that admits a rollout at the largest scale. The quota protects against mistakes; it must not limit ordinary work. */
export function quota(environment: Environment): Problem[] {
  const needed = largestScaleOut(environment)
  const allowed = environment.quota
  const amountProblems = (kind: 'requests' | 'limits', amount: Amount): Problem[] => {
    const { cpu, memory } = allowed[kind]
    return [
      ...(cpuMillis(cpu) < amount.cpuMillis ? [problem(`quota.${kind}.cpu`, cpu, cpuText(amount.cpuMillis))] : []),
      ...(memoryBytes(memory) < amount.memoryBytes
        ? [problem(`quota.${kind}.memory`, memory, memoryText(amount.memoryBytes))]
        : []),
    ]
  }
  return [
    ...amountProblems('requests', needed.requests),
    ...amountProblems('limits', needed.limits),
    ...(allowed.pods < needed.pods ? [problem('quota.pods', allowed.pods, needed.pods)] : []),
  ]
}

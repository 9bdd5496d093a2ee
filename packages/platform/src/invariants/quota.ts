import type { Environment } from '../environment.ts'
import { largestScaleOut, type PodCount } from '../largest-scale-out.ts'
import type { Problem } from '../problem.ts'
import { cpuMillis, cpuText, memoryBytes, memoryText } from '../quantity.ts'

function problem(path: string, value: string | number, needed: string | number, sum: string): Problem {
  return {
    path,
    value,
    allowed: `Must be at least ${needed}, which the namespace needs for a rollout at the largest scale: ${sum}. Otherwise a rollout under load stops halfway.`,
    remedy: `Raise it to ${needed} or more, or lower the maximum number of pods.`,
  }
}

/** The addends of a sum over the kinds of pods, e.g. `server 20 × 500m, migrate 1 × 100m`. Pods count twice that a rollout replaces. */
const sumText = (parts: readonly PodCount[], each: (part: PodCount) => string): string =>
  parts.map((part) => `${part.part} ${part.pods}${each(part)}`).join(', ')

/** Requires a quota that admits a rollout at the largest scale. The quota protects against mistakes; it must not limit ordinary work. */
export function quota(environment: Environment): Problem[] {
  const needed = largestScaleOut(environment)
  const allowed = environment.quota
  const of = (kind: 'requests' | 'limits', resource: 'cpu' | 'memory'): string =>
    sumText(needed.parts, ({ containers }) => {
      const amounts = containers.map((container) => container[kind][resource])
      return ` × ${amounts.length === 1 ? amounts[0] : `(${amounts.join(' + ')})`}`
    })
  const amountProblems = (kind: 'requests' | 'limits'): Problem[] => {
    const { cpu, memory } = allowed[kind]
    const amount = needed[kind]
    return [
      ...(cpuMillis(cpu) < amount.cpuMillis
        ? [problem(`quota.${kind}.cpu`, cpu, cpuText(amount.cpuMillis), of(kind, 'cpu'))]
        : []),
      ...(memoryBytes(memory) < amount.memoryBytes
        ? [problem(`quota.${kind}.memory`, memory, memoryText(amount.memoryBytes), of(kind, 'memory'))]
        : []),
    ]
  }
  return [
    ...amountProblems('requests'),
    ...amountProblems('limits'),
    ...(allowed.pods < needed.pods
      ? [
          problem(
            'quota.pods',
            allowed.pods,
            needed.pods,
            sumText(needed.parts, () => ''),
          ),
        ]
      : []),
  ]
}

import { at, recordAt } from '@hadal/charts/validate/read-json'
import type { Danger, DangerRule } from '../compared.ts'
import { containerPairs } from '../pod-template.ts'
import { isLess } from '../quantity-value.ts'

const bounded = 'One workload may then use the resources that the others need.'

/** Pattern of the paths of limits at which the kubelet or the kernel ends a container. Less CPU only makes it slower. */
const deadly = /limits\.(memory|ephemeral-storage)$/

/** Finds removed limits on the resources of pods, and containers whose limit of memory or ephemeral storage decreases. */
export const weakerLimits: DangerRule = ({ kind, before, after, changes }) => {
  if (kind === 'ResourceQuota' || kind === 'LimitRange') {
    if (!before) return []
    if (!after) return [{ field: '', what: `The ${kind} is removed.`, why: bounded }]
    return changes
      .filter((change) => change.before !== undefined && change.after === undefined)
      .map(({ path }) => ({ field: path, what: 'This limit is removed.', why: bounded }))
  }
  const removed = containerPairs(before, after).flatMap(({ before, after }) =>
    Object.keys(recordAt(before.fields, 'resources', 'limits'))
      .filter((resource) => at(after.fields, 'resources', 'limits', resource) === undefined)
      .map((resource): Danger => {
        const field = `${after.path}.resources.limits.${resource}`
        return { field, what: `The ${resource} limit is removed.`, why: bounded }
      }),
  )
  const lowered = changes
    .filter(({ path, before, after }) => deadly.test(path) && isLess(after, before))
    .map(({ path, before, after }): Danger => {
      const resource = deadly.exec(path)?.[1] ?? ''
      const why =
        resource === 'memory'
          ? 'A process that needs as much memory as before is killed.'
          : 'A pod that writes as much as before is evicted.'
      return { field: path, what: `The ${resource} limit changes from ${before} to ${after}.`, why }
    })
  return [...removed, ...lowered]
}

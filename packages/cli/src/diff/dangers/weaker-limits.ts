import { at, recordAt } from '@hadal/charts/validate/read-json'
import type { Danger, DangerRule } from '../compared.ts'
import { containerPairs } from '../pod-template.ts'
import { isLess } from '../quantity-value.ts'

const bounded = 'One workload may then use the resources that the others need.'

/** Finds removed limits on the resources of pods, and containers whose memory limit decreases. */
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
    .filter((change) => change.path.endsWith('limits.memory') && isLess(change.after, change.before))
    .map(({ path, before, after }): Danger => {
      const why = 'A process that needs as much memory as before is killed.'
      return { field: path, what: `The memory limit changes from ${before} to ${after}.`, why }
    })
  return [...removed, ...lowered]
}

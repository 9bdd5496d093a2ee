import { at, recordAt } from '@hadal/charts/validate/read-json'
import type { Danger, DangerRule } from '../compared.ts'
import { containerPairs } from '../pod-template.ts'
import { isLess } from '../quantity-value.ts'

const bounded = 'One workload may then take what the others need.'

/** A bound on what pods may use is gone, or a container gets less memory than it had. */
export const weakerLimits: DangerRule = ({ kind, before, after, changes }) => {
  if (kind === 'ResourceQuota' || kind === 'LimitRange') {
    if (!before) return []
    if (!after) return [{ field: '', what: `The ${kind} is removed.`, why: bounded }]
    return changes
      .filter((change) => change.before !== undefined && change.after === undefined)
      .map(({ path }) => ({ field: path, what: 'This bound is removed.', why: bounded }))
  }
  const removed = containerPairs(before, after).flatMap(({ before, after }) =>
    Object.keys(recordAt(before.fields, 'resources', 'limits'))
      .filter((resource) => at(after.fields, 'resources', 'limits', resource) === undefined)
      .map((resource): Danger => {
        const field = `${after.path}.resources.limits.${resource}`
        return { field, what: `The limit of ${resource} is removed.`, why: bounded }
      }),
  )
  const lowered = changes
    .filter((change) => change.path.endsWith('limits.memory') && isLess(change.after, change.before))
    .map(({ path, before, after }): Danger => {
      const why = 'A process that needs what it had before is killed.'
      return { field: path, what: `The memory limit goes from ${before} to ${after}.`, why }
    })
  return [...removed, ...lowered]
}

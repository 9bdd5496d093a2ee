import type { RenderedObject } from '../../rendered-object.ts'
import { selectorMeets } from '../label-selector.ts'
import type { Finding } from '../manifest-problem.ts'
import { podsOf } from '../pods.ts'
import { at } from '../read-json.ts'
import { ofKind, type Rule, title } from '../subject.ts'

/**
 * Rule: a workload of several pods has a PodDisruptionBudget; without it, a cluster upgrade may evict all of them at once. A workload with
 * `replicas: 1` needs none.
 */
export const disruptionBudgets: Rule = (subject) => {
  const budgets = ofKind(subject, 'PodDisruptionBudget').map(({ object }) => at(object, 'spec', 'selector'))
  const guarded = (labels: Readonly<Record<string, string>>): boolean =>
    budgets.some((selector) => selector !== undefined && selectorMeets(selector, labels))
  return podsOf(subject).flatMap(({ maker, labels }): Finding[] => {
    if (runsToItsEnd(maker) || isSingle(maker) || guardedByItsOperator(maker) || guarded(labels)) return []
    return [
      {
        rendered: maker,
        field: '',
        problem: `No PodDisruptionBudget selects the pods of ${title(maker)}.`,
        mend: 'Render one, or set replicas: 1.',
      },
    ]
  })
}

/** Whether the pods of an object end by themselves. Those of a Certificate answer an ACME challenge. */
const runsToItsEnd = ({ kind }: RenderedObject): boolean => ['Job', 'CronJob', 'Certificate'].includes(kind)

/** Whether a workload has one pod. A workload with an autoscaler has no `replicas`. */
// Each sandbox belongs to one thread, so another can't replace it.
const isSingle = ({ kind, object }: RenderedObject): boolean =>
  kind === 'SandboxTemplate' || at(object, 'spec', 'replicas') === 1 || at(object, 'spec', 'instances') === 1

/** Whether an operator creates the disruption budget of the pods, because its custom resource requests it. */
function guardedByItsOperator({ kind, object }: RenderedObject): boolean {
  if (kind === 'Cluster') return at(object, 'spec', 'enablePDB') !== false
  if (kind !== 'RedisCluster') return false
  return ['redisLeader', 'redisFollower'].every((nodes) => at(object, 'spec', nodes, 'pdb', 'enabled') === true)
}

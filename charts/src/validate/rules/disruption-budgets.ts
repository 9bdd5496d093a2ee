import type { RenderedObject } from '../../rendered-object.ts'
import { selectorMeets } from '../label-selector.ts'
import type { Finding } from '../manifest-problem.ts'
import { podsOf } from '../pods.ts'
import { at } from '../read-json.ts'
import { ofKind, type Rule, title } from '../subject.ts'

/**
 * What serves from several pods says how many a drained node must leave; without that, an upgrade of the cluster may take all of them at once.
 * What says itself that it is a single pod has none to leave.
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
        mend: 'Render one, or say that it is a single pod (replicas: 1).',
      },
    ]
  })
}

const runsToItsEnd = ({ kind }: RenderedObject): boolean => kind === 'Job' || kind === 'CronJob'

/** Said, not by default: where a scaler acts no number stands there. */
// Each sandbox is one thread's, and another can't stand in for it.
const isSingle = ({ kind, object }: RenderedObject): boolean =>
  kind === 'SandboxTemplate' || at(object, 'spec', 'replicas') === 1 || at(object, 'spec', 'instances') === 1

/** The operators of the database and of Redis make the budgets of their own pods, where they are told to. */
function guardedByItsOperator({ kind, object }: RenderedObject): boolean {
  if (kind === 'Cluster') return at(object, 'spec', 'enablePDB') !== false
  if (kind !== 'RedisCluster') return false
  return ['redisLeader', 'redisFollower'].every((nodes) => at(object, 'spec', nodes, 'pdb', 'enabled') === true)
}

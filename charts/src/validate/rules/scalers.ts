import type { Finding } from '../manifest-problem.ts'
import { at, recordAt, textAt } from '../read-json.ts'
import { choices, ofKind, type Rule, type Subject, title } from '../subject.ts'

/** Rule: every autoscaler has an existing workload without `replicas`, and no two autoscalers have the same workload. */
export const scalers: Rule = (subject) => {
  const scaled = new Map<string, string>()
  return ofKind(subject, 'HorizontalPodAutoscaler', 'ScaledObject').flatMap((rendered) => {
    const reference = recordAt(rendered.object, 'spec', 'scaleTargetRef')
    const kind = textAt(reference, 'kind') ?? 'Deployment'
    const name = textAt(reference, 'name') ?? ''
    const target = ofKind(subject, kind).find((object) => object.name === name)
    if (!target) return [missing(subject, rendered, `${kind} ${name}`)]
    const found: Finding[] = []
    if (at(target.object, 'spec', 'replicas') !== undefined) {
      found.push({
        rendered: target,
        field: 'spec.replicas',
        problem: `${title(rendered)} scales ${title(target)}, and every sync would reset this number.`,
        mend: 'Leave out the replicas of a scaled workload.',
      })
    }
    const other = scaled.get(title(target))
    if (other !== undefined) {
      found.push({
        rendered,
        field: 'spec.scaleTargetRef',
        problem: `${title(target)} already has a scaler: ${other}.`,
        mend: 'Render one scaler per workload: two would work against each other.',
      })
    }
    scaled.set(title(target), title(rendered))
    return found
  })
}

const missing = (subject: Subject, rendered: Finding['rendered'], wanted: string): Finding => ({
  rendered,
  field: 'spec.scaleTargetRef',
  problem: `${wanted} is not rendered.`,
  mend: `Scale one of ${choices(ofKind(subject, 'Deployment', 'StatefulSet').map(title))}.`,
})

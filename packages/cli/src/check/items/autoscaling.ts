import { agentDeployments } from '@hadal/charts/agent-deployments'
import { textAt } from '@hadal/charts/validate/read-json'
import { type Answer, type ChecklistItem, type Subject, together } from '../checklist-item.ts'
import { inObject, manifestFile, settingPlace } from '../evidence.ts'
import { lineOfField } from '../line-of.ts'

const scalerKinds = ['HorizontalPodAutoscaler', 'ScaledObject']

/** Checklist item: every Deployment of agent pods has an autoscaler, and no `replicas` field that would reset the number of pods. */
export const autoscaling: ChecklistItem = {
  id: 'autoscaling',
  title: 'Autoscaling (HPA)',
  group: 'recommended',
  answer: (subject) => together(...agentDeployments(subject.environment).map((target) => scaled(subject, target))),
}

type Target = ReturnType<typeof agentDeployments>[number]

function scaled(subject: Subject, { name, path, workload, pods }: Target): Partial<Answer> {
  const { objects } = subject
  const { kind } = workload.autoscaling
  const place = [...path.split('.'), 'autoscaling']
  if (kind === 'none') {
    const problem = `${path}.autoscaling.kind is "none": Deployment ${name} keeps ${pods.min} pod${pods.min === 1 ? '' : 's'}, regardless of the load.`
    const mend = `Set ${path}.autoscaling to { kind: 'cpu' }, the guide's 2 to 10 pods at 70 % CPU.`
    return { missing: [{ problem, mend, ...settingPlace(subject, place) }] }
  }
  const scaler = objects.find(
    (rendered) =>
      scalerKinds.includes(rendered.kind) && textAt(rendered.object, 'spec', 'scaleTargetRef', 'name') === name,
  )
  if (!scaler) {
    const problem = `No autoscaler scales Deployment ${name}, although ${path}.autoscaling.kind is "${kind}".`
    return { missing: [{ problem, mend: 'Fix charts/src/components/agent/scaler.ts.' }] }
  }
  const deployment = objects.find((rendered) => rendered.kind === 'Deployment' && rendered.name === name)
  if (deployment && 'replicas' in Object(deployment.object.spec)) {
    const problem = `Deployment ${name} sets replicas although it has an autoscaler: each sync resets the number of pods.`
    const file = manifestFile(subject, deployment)
    const line = lineOfField(deployment.text, ['spec', 'replicas'])
    return { missing: [{ problem, mend: 'Fix charts/src/components/agent/deployment.ts.', file, line }] }
  }
  const says = `${pods.min} to ${pods.max} pods of Deployment ${name}, by ${kind === 'cpu' ? 'CPU' : 'waiting runs'}`
  return { evidence: [inObject(subject, scaler, ['spec', 'scaleTargetRef'], says)] }
}

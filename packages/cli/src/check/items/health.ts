import { listAt, recordAt, textAt } from '@hadal/charts/validate/read-json'
import { type AgentPods, agentPods, inContainer } from '../agent-pods.ts'
import { type Answer, type ChecklistItem, type Missing, type Subject, together } from '../checklist-item.ts'
import { manifestFile, objectTitle, serverCan } from '../evidence.ts'
import { memoryOfSuspects } from '../memory-of-suspects.ts'

const probes = [
  { probe: 'livenessProbe', path: '/health' },
  { probe: 'readinessProbe', path: '/ready' },
] as const

/** Checklist item: the server has health endpoints, the pods have probes for them, and their memory suffices for a suspect's child process. */
export const health: ChecklistItem = {
  id: 'health',
  title: 'Health and readiness',
  group: 'required',
  answer: (subject) => {
    const pods = agentPods(subject)
    return together(
      serverCan(subject, 'health', { mend: 'Use a server that has this capability.' }),
      { missing: pods.missing },
      ...pods.found.flatMap((pod) => probes.map((wanted) => probed(subject, pod, wanted))),
      ...pods.found.map((pod) => memoryOfSuspects(subject, pod)),
    )
  },
}

function probed(subject: Subject, pod: AgentPods, { probe, path }: (typeof probes)[number]): Partial<Answer> {
  const title = objectTitle(pod.rendered)
  const missing = (problem: string): { missing: Missing[] } => ({
    missing: [
      {
        problem,
        mend: `Make charts/src/components/agent/deployment.ts render a ${probe} on ${path} of the port "http".`,
        file: manifestFile(subject, pod.rendered),
        line: inContainer(subject, pod, [probe], '').line,
      },
    ],
  })
  const asked = textAt(pod.container, probe, 'httpGet', 'path')
  if (asked !== path)
    return missing(`${title} has ${asked ? `a ${probe} on ${asked} instead of` : `no HTTP ${probe} on`} ${path}.`)
  const port = recordAt(pod.container, probe, 'httpGet').port
  const open = listAt(pod.container, 'ports').map((entry) => recordAt(entry))
  if (!open.some(({ name, containerPort }) => port === name || port === containerPort))
    return missing(`${title} has a ${probe} on the port "${String(port)}", which its container does not declare.`)
  const says = probe === 'livenessProbe' ? 'is restarted' : 'gets no requests'
  return { evidence: [inContainer(subject, pod, [probe], `A pod that fails ${path} ${says}`)] }
}

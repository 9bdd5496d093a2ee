import { selectorMeets } from '@hadal/charts/validate/label-selector'
import { listAt, recordAt, textAt, textsAt } from '@hadal/charts/validate/read-json'
import { type AgentPods, agentPods } from '../agent-pods.ts'
import { type Answer, type ChecklistItem, type Subject, together } from '../checklist-item.ts'
import { inObject, objectTitle, serverCan, serverCannotYet } from '../evidence.ts'

/** Checklist item: the server exports metrics, a PodMonitor selects every agent pod, and alerts use the metrics. */
export const prometheus: ChecklistItem = {
  id: 'prometheus',
  title: 'Prometheus',
  group: 'recommended',
  answer: (subject) =>
    together(
      serverCan(subject, 'prometheusMetrics', { mend: 'Use a server that has this capability.' }),
      ...agentPods(subject).found.map((pod) => scraped(subject, pod)),
      rules(subject),
      serverCannotYet(subject, 'llmMetrics'),
    ),
}

function scraped(subject: Subject, { rendered, container }: AgentPods): Partial<Answer> {
  const labels = textsAt(rendered.object, 'spec', 'template', 'metadata', 'labels')
  const ports = listAt(container, 'ports').map((port) => textAt(port, 'name'))
  const wanted = subject.environment.cluster.prometheusRelease
  const monitor = subject.objects.find(
    ({ kind, object }) =>
      kind === 'PodMonitor' &&
      object.metadata.labels?.release === wanted &&
      selectorMeets(recordAt(object, 'spec', 'selector'), labels) &&
      listAt(object, 'spec', 'podMetricsEndpoints').some((endpoint) => ports.includes(textAt(endpoint, 'port'))),
  )
  const title = objectTitle(rendered)
  if (monitor) return { evidence: [inObject(subject, monitor, ['spec', 'selector'], `Prometheus scrapes ${title}`)] }
  const problem = `No PodMonitor with the label release=${wanted} selects the pods of ${title} and one of their ports.`
  return { missing: [{ problem, mend: 'Fix charts/src/components/observability.ts.' }] }
}

function rules(subject: Subject): Partial<Answer> {
  const found = subject.objects.filter(({ kind }) => kind === 'PrometheusRule')
  const alerts = found.flatMap(({ object }) =>
    listAt(object, 'spec', 'groups').flatMap((group) =>
      listAt(group, 'rules').flatMap((rule) => textAt(rule, 'alert') ?? []),
    ),
  )
  const [first] = found
  const count = new Set(alerts).size
  if (first && count > 0)
    return { evidence: [inObject(subject, first, ['spec', 'groups'], `${count} alerts use the metrics`)] }
  return {
    missing: [{ problem: 'No PrometheusRule has an alert.', mend: 'Fix charts/src/components/observability.ts.' }],
  }
}

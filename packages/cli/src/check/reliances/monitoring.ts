import { listAt, textAt } from '@hadal/charts/validate/read-json'
import type { Evidence, Subject } from '../checklist-item.ts'
import { inObject } from '../evidence.ts'
import { inFirst, type Reliance, relianceOn } from './reliance.ts'

/** Programs whose metrics alerts may read and that no PodMonitor of the environment selects, by the beginning of their metrics' names. */
const sources: Readonly<Record<string, string>> = {
  certmanager_: 'the metrics of cert-manager',
  kube_: 'kube-state-metrics',
  kubelet_: 'the kubelets',
  container_: "the kubelets' cAdvisor",
}

/** What an environment needs to be observed: Prometheus, its sources, Alertmanager and Grafana. */
export function monitoringReliances(subject: Subject): Reliance[] {
  const { monitoringNamespace, prometheusRelease } = subject.environment.cluster
  const label = ['metadata', 'labels', 'release']
  const queried = subject.objects.find(({ kind }) => kind === 'ScaledObject')
  return [
    ...relianceOn(
      `Prometheus in namespace ${monitoringNamespace}, with an operator that selects release=${prometheusRelease}`,
      'cluster',
      inFirst(subject, 'PrometheusRule', label) ?? inFirst(subject, 'PodMonitor', label),
    ),
    ...Object.entries(sources).flatMap(([prefix, what]) =>
      relianceOn(`Prometheus that scrapes ${what}`, 'cluster', alertOn(subject, prefix)),
    ),
    ...(queried
      ? relianceOn(
          `Service prometheus-operated in namespace ${monitoringNamespace}, port 9090, which KEDA queries`,
          'cluster',
          inObject(subject, queried, ['spec', 'triggers'], 'a trigger of KEDA'),
        )
      : []),
    ...relianceOn(
      'Alertmanager that sends alerts to people by their label severity (page, ticket)',
      'cluster',
      inFirst(subject, 'PrometheusRule', ['spec', 'groups']),
    ),
    ...relianceOn('Grafana that loads dashboards from ConfigMaps', 'cluster', dashboard(subject)),
  ]
}

/** Place of the first alert whose expression reads a metric with this prefix. */
function alertOn(subject: Subject, prefix: string): Evidence | undefined {
  for (const rendered of subject.objects) {
    if (rendered.kind !== 'PrometheusRule') continue
    for (const [group, content] of listAt(rendered.object, 'spec', 'groups').entries()) {
      const rules = listAt(content, 'rules')
      const index = rules.findIndex((rule) => new RegExp(`(^|[^a-z_:])${prefix}`).test(textAt(rule, 'expr') ?? ''))
      if (index < 0) continue
      const name = textAt(rules[index], 'alert') ?? textAt(rules[index], 'record') ?? 'a rule'
      return inObject(subject, rendered, ['spec', 'groups', group, 'rules', index, 'expr'], name)
    }
  }
  return undefined
}

function dashboard(subject: Subject): Evidence | undefined {
  const rendered = subject.objects.find(
    ({ kind, object }) => kind === 'ConfigMap' && object.metadata.labels?.grafana_dashboard !== undefined,
  )
  return rendered && inObject(subject, rendered, ['metadata', 'labels', 'grafana_dashboard'], 'dashboards')
}

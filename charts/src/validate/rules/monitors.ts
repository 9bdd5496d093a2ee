import type { Json, RenderedObject } from '../../rendered-object.ts'
import { selectorMeets, selectorText } from '../label-selector.ts'
import type { Finding } from '../manifest-problem.ts'
import { podsOf } from '../pods.ts'
import { at, listAt, recordAt, textAt, textsAt } from '../read-json.ts'
import { choices, ofKind, type Rule, type Subject, title } from '../subject.ts'

/** Rule: every monitor selects a pod or Service that has its port. Prometheus reports no error for a monitor without targets. */
export const monitors: Rule = (subject) => [...serviceMonitors(subject), ...podMonitors(subject)]

function serviceMonitors(subject: Subject): Finding[] {
  const services = ofKind(subject, 'Service').map((service) => ({
    service,
    labels: textsAt(service.object, 'metadata', 'labels'),
    ports: listAt(service.object, 'spec', 'ports').flatMap((port) => textAt(port, 'name') ?? []),
  }))
  return ofKind(subject, 'ServiceMonitor').flatMap((rendered) => {
    const selector = recordAt(rendered.object, 'spec', 'selector')
    const met = services.filter(({ labels }) => selectorMeets(selector, labels))
    if (met.length === 0)
      return [
        nothing(
          rendered,
          selector as Json,
          services.map(({ service }) => title(service)),
        ),
      ]
    return ports(rendered, 'endpoints', new Set(met.flatMap((it) => it.ports)))
  })
}

function podMonitors(subject: Subject): Finding[] {
  const pods = podsOf(subject)
  return ofKind(subject, 'PodMonitor').flatMap((rendered) => {
    const selector = recordAt(rendered.object, 'spec', 'selector')
    const met = pods.filter(({ labels }) => selectorMeets(selector, labels))
    if (met.length === 0)
      return [
        nothing(
          rendered,
          selector as Json,
          pods.map(({ maker }) => title(maker)),
        ),
      ]
    return ports(rendered, 'podMetricsEndpoints', new Set(met.flatMap((pod) => [...pod.portNames])))
  })
}

const nothing = (rendered: RenderedObject, selector: Json, rest: readonly string[]): Finding => ({
  rendered,
  field: 'spec.selector',
  problem: `${selectorText(selector)} matches nothing to scrape.`,
  mend: `Use labels of ${choices(rest)}.`,
})

function ports(rendered: RenderedObject, list: string, known: ReadonlySet<string>): Finding[] {
  return listAt(rendered.object, 'spec', list).flatMap((endpoint, index): Finding[] => {
    const port = at(endpoint, 'port')
    if (typeof port === 'string' && known.has(port)) return []
    return [
      {
        rendered,
        field: `spec.${list}[${index}].port`,
        problem:
          port === undefined ? 'The port is missing.' : `The scraped pods or Services have no port "${String(port)}".`,
        mend: `Use one of ${choices(known)}.`,
      },
    ]
  })
}

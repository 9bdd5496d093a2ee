import type { Json } from '../../rendered-object.ts'
import { labelsMeet, selectorMeets, selectorText } from '../label-selector.ts'
import type { Finding } from '../manifest-problem.ts'
import { type Pod, podsOf } from '../pods.ts'
import { at, listAt, recordAt, textsAt } from '../read-json.ts'
import { ofKind, type Rule, type Subject, title } from '../subject.ts'

/** Rule: every selector matches at least one rendered pod. A selector that matches none has no effect and causes no error. */
export const selectors: Rule = (subject) => {
  const pods = podsOf(subject)
  return [
    ...ownPods(subject, pods),
    ...servicePods(subject, pods),
    ...disruptionBudgets(subject, pods),
    ...policies(subject, pods),
    ...placement(pods),
  ]
}

const mendSelector = (pods: readonly Pod[]): string =>
  `Use labels that a pod has. Rendered pods: ${
    pods.map((pod) => `${title(pod.maker)} (${selectorText({ matchLabels: pod.labels })})`).join('; ') || 'none'
  }.`

function ownPods(subject: Subject, pods: readonly Pod[]): Finding[] {
  return ofKind(subject, 'Deployment', 'StatefulSet').flatMap((rendered) => {
    const selector = recordAt(rendered.object, 'spec', 'selector')
    const own = pods.find((pod) => pod.maker === rendered)
    if (own && selectorMeets(selector, own.labels)) return []
    return [
      {
        rendered,
        field: 'spec.selector',
        problem: `${selectorText(selector)} does not match the pods of its own template.`,
        mend: 'Select by labels of spec.template.metadata.labels.',
      },
    ]
  })
}

function servicePods(subject: Subject, pods: readonly Pod[]): Finding[] {
  return ofKind(subject, 'Service').flatMap((rendered) => {
    const selector = textsAt(rendered.object, 'spec', 'selector')
    // The endpoints of a Service without a selector are not rendered here.
    if (Object.keys(selector).length === 0) return []
    const met = pods.filter((pod) => labelsMeet(selector, pod.labels))
    if (met.length === 0) {
      const problem = `${selectorText({ matchLabels: selector })} matches no pod.`
      return [{ rendered, field: 'spec.selector', problem, mend: mendSelector(pods) }]
    }
    return listAt(rendered.object, 'spec', 'ports').flatMap((port, index): Finding[] => {
      const target = at(port, 'targetPort') ?? at(port, 'port') ?? null
      if (met.every((pod) => hasPort(pod, target))) return []
      return [
        {
          rendered,
          field: `spec.ports[${index}].targetPort`,
          problem: `${met.map((pod) => title(pod.maker)).join(', ')} has no port ${String(target)}.`,
          mend: `Use a port of the containers: ${[...new Set(met.flatMap((pod) => [...pod.portNames, ...pod.ports]))].join(', ')}.`,
        },
      ]
    })
  })
}

const hasPort = (pod: Pod, port: Json): boolean =>
  typeof port === 'number' ? pod.ports.has(port) : typeof port === 'string' && pod.portNames.has(port)

function disruptionBudgets(subject: Subject, pods: readonly Pod[]): Finding[] {
  return ofKind(subject, 'PodDisruptionBudget').flatMap((rendered) => {
    const selector = at(rendered.object, 'spec', 'selector')
    if (selector !== undefined && pods.some((pod) => selectorMeets(selector, pod.labels))) return []
    const problem = `${selectorText(selector)} matches no pod.`
    return [{ rendered, field: 'spec.selector', problem, mend: mendSelector(pods) }]
  })
}

function policies(subject: Subject, pods: readonly Pod[]): Finding[] {
  return ofKind(subject, 'NetworkPolicy').flatMap((rendered) => {
    const empty = (selector: Json | undefined, field: string): Finding[] => {
      if (selector === undefined || pods.some((pod) => selectorMeets(selector, pod.labels))) return []
      return [{ rendered, field, problem: `${selectorText(selector)} matches no pod.`, mend: mendSelector(pods) }]
    }
    const peers = (['ingress', 'egress'] as const).flatMap((direction) =>
      listAt(rendered.object, 'spec', direction).flatMap((rule, ruleIndex) => {
        const side = direction === 'ingress' ? 'from' : 'to'
        return listAt(rule, side).flatMap((peer, index) => {
          // The pods of other namespaces are not known.
          if (at(peer, 'namespaceSelector') !== undefined) return []
          const field = `spec.${direction}[${ruleIndex}].${side}[${index}].podSelector`
          return empty(at(peer, 'podSelector'), field)
        })
      }),
    )
    const whole = recordAt(rendered.object, 'spec', 'podSelector')
    // An empty selector is the whole namespace: the default-deny policy.
    const selected = Object.keys(whole).length === 0 ? [] : empty(whole as Json, 'spec.podSelector')
    return [...selected, ...peers]
  })
}

/** Rule: spread and affinity terms select the workload's own pods. Other labels would have no effect. */
function placement(pods: readonly Pod[]): Finding[] {
  return pods.flatMap((pod) => {
    const spread = listAt(pod.spec, 'topologySpreadConstraints').map((term, index) => ({
      selector: at(term, 'labelSelector'),
      field: `${pod.path}.spec.topologySpreadConstraints[${index}].labelSelector`,
    }))
    const anti = recordAt(pod.spec, 'affinity', 'podAntiAffinity')
    const antiPath = `${pod.path}.spec.affinity.podAntiAffinity`
    const required = listAt(anti, 'requiredDuringSchedulingIgnoredDuringExecution').map((term, index) => ({
      selector: at(term, 'labelSelector'),
      field: `${antiPath}.requiredDuringSchedulingIgnoredDuringExecution[${index}].labelSelector`,
    }))
    const preferred = listAt(anti, 'preferredDuringSchedulingIgnoredDuringExecution').map((term, index) => ({
      selector: at(term, 'podAffinityTerm', 'labelSelector'),
      field: `${antiPath}.preferredDuringSchedulingIgnoredDuringExecution[${index}].podAffinityTerm.labelSelector`,
    }))
    return [...spread, ...required, ...preferred].flatMap(({ selector, field }): Finding[] => {
      if (selector !== undefined && selectorMeets(selector, pod.labels)) return []
      return [
        {
          rendered: pod.maker,
          field,
          problem: `${selectorText(selector)} does not match its own pod, so it has no effect.`,
          mend: `Select by labels of the pod: ${selectorText({ matchLabels: pod.labels })}.`,
        },
      ]
    })
  })
}

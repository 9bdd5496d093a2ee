import { selectorMeets } from '../label-selector.ts'
import type { Finding } from '../manifest-problem.ts'
import { type Pod, podsOf } from '../pods.ts'
import { at, listAt, recordAt, textAt } from '../read-json.ts'
import { ofKind, type Rule, type Subject, title } from '../subject.ts'

const directions = ['Ingress', 'Egress'] as const

/**
 * Rule: the namespace denies all traffic by default, and every kind of pod, also of Jobs and CronJobs, has a NetworkPolicy whose ports have a
 * listener.
 */
export const networkCoverage: Rule = (subject) => {
  const pods = podsOf(subject)
  return [...defaultDeny(subject), ...ownPolicies(subject, pods), ...openPorts(subject, pods)]
}

function defaultDeny(subject: Subject): Finding[] {
  const policies = ofKind(subject, 'NetworkPolicy')
  const denies = (direction: string): boolean =>
    policies.some(
      ({ object }) =>
        Object.keys(recordAt(object, 'spec', 'podSelector')).length === 0 &&
        listAt(object, 'spec', 'policyTypes').includes(direction) &&
        listAt(object, 'spec', direction.toLowerCase()).length === 0,
    )
  const [rendered] = [...policies, ...subject.objects]
  if (!rendered) return []
  return directions
    .filter((direction) => !denies(direction))
    .map((direction) => ({
      rendered,
      field: 'spec.policyTypes',
      problem: `No NetworkPolicy denies ${direction} for the whole namespace.`,
      mend: 'Render one with podSelector: {} and policyTypes [Ingress, Egress], without rules.',
    }))
}

function ownPolicies(subject: Subject, pods: readonly Pod[]): Finding[] {
  const policies = ofKind(subject, 'NetworkPolicy').filter(
    ({ object }) => Object.keys(recordAt(object, 'spec', 'podSelector')).length > 0,
  )
  return pods.flatMap((pod) => {
    if (policies.some(({ object }) => selectorMeets(at(object, 'spec', 'podSelector'), pod.labels))) return []
    return [
      {
        rendered: pod.maker,
        field: `${pod.path}.metadata.labels`,
        problem: `No NetworkPolicy selects the pods of ${title(pod.maker)}, so they reach nothing, not even DNS.`,
        mend: 'Render a policy that selects these labels and names what they may reach.',
      },
    ]
  })
}

/** Finds ports of NetworkPolicies without a listener: a typing error, or an allowed port that is no longer needed. */
function openPorts(subject: Subject, pods: readonly Pod[]): Finding[] {
  return ofKind(subject, 'NetworkPolicy').flatMap((rendered) => {
    const own = pods.filter((pod) => selectorMeets(at(rendered.object, 'spec', 'podSelector'), pod.labels))
    const incoming = listAt(rendered.object, 'spec', 'ingress').flatMap((rule, index) =>
      listAt(rule, 'ports').map((port, portIndex) => ({
        port,
        to: own,
        field: `spec.ingress[${index}].ports[${portIndex}]`,
      })),
    )
    const outgoing = listAt(rendered.object, 'spec', 'egress').flatMap((rule, index) => {
      const peers = listAt(rule, 'to')
      // The listeners of other namespaces are not known.
      const ours = peers.length > 0 && peers.every((peer) => at(peer, 'podSelector') && !at(peer, 'namespaceSelector'))
      if (!ours) return []
      const to = pods.filter((pod) => peers.some((peer) => selectorMeets(at(peer, 'podSelector'), pod.labels)))
      return listAt(rule, 'ports').map((port, portIndex) => ({
        port,
        to,
        field: `spec.egress[${index}].ports[${portIndex}]`,
      }))
    })
    return [...incoming, ...outgoing].flatMap(({ port, to, field }): Finding[] => {
      const wanted = at(port, 'port')
      const listens = (pod: Pod): boolean =>
        typeof wanted === 'number' ? pod.ports.has(wanted) : pod.portNames.has(textAt(port, 'port') ?? '')
      // Another rule reports a selector that matches nothing.
      if (wanted === undefined || to.length === 0 || to.some(listens)) return []
      return [
        {
          rendered,
          field: `${field}.port`,
          problem: `No container of ${to.map(({ maker }) => title(maker)).join(', ')} listens on port ${String(wanted)}.`,
          mend: `Use one of their ports: ${[...new Set(to.flatMap((pod) => [...pod.ports]))].join(', ') || 'none'}.`,
        },
      ]
    })
  })
}

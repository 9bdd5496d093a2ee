import type { Json, JsonRecord } from '../../rendered-object.ts'
import type { Finding } from '../manifest-problem.ts'
import { containersOf, type Pod, podsOf } from '../pods.ts'
import { at, listAt } from '../read-json.ts'
import { type Rule, title } from '../subject.ts'

/**
 * Rule: every container has requests and limits, and a security context that meets PodSecurity `restricted`, with a read-only root file
 * system. Pods that operators create are not checked, because their operators write the containers.
 */
export const containers: Rule = (subject) =>
  podsOf(subject).flatMap((pod) => [
    ...hostNamespaces(pod),
    ...containersOf(pod).flatMap(([container, path]) => [
      ...resources(pod, container, path),
      ...security(pod, container, path),
    ]),
  ])

const named = (pod: Pod, container: JsonRecord): string =>
  `Container "${String(container.name)}" of ${title(pod.maker)}`

function resources(pod: Pod, container: JsonRecord, path: string): Finding[] {
  return (['requests', 'limits'] as const).flatMap((kind) =>
    (['cpu', 'memory'] as const).flatMap((name): Finding[] => {
      const amount = at(container, 'resources', kind, name)
      if (typeof amount === 'string' || typeof amount === 'number') return []
      return [
        {
          rendered: pod.maker,
          field: `${path}.resources.${kind}.${name}`,
          problem: `${named(pod, container)} has no ${name} ${kind}: the value is ${String(amount)}.`,
          mend: 'Use resourceRequirements of charts/src/resource-requirements.ts; it writes amounts as k8s.Quantity.fromString.',
        },
      ]
    }),
  )
}

interface Demand {
  /** Path of a required setting inside the container's `securityContext`. */
  readonly field: readonly string[]
  readonly allowed: string
  readonly isMet: (value: Json | undefined) => boolean
  /** Whether the pod's `securityContext` may set the field for all its containers. */
  readonly ofPod?: boolean
}

const demands: readonly Demand[] = [
  { field: ['runAsNonRoot'], allowed: 'true', isMet: (value) => value === true, ofPod: true },
  { field: ['runAsUser'], allowed: 'undefined or above 0', isMet: (value) => value !== 0, ofPod: true },
  {
    field: ['seccompProfile', 'type'],
    allowed: '"RuntimeDefault" or "Localhost"',
    isMet: (value) => value === 'RuntimeDefault' || value === 'Localhost',
    ofPod: true,
  },
  { field: ['allowPrivilegeEscalation'], allowed: 'false', isMet: (value) => value === false },
  { field: ['privileged'], allowed: 'undefined or false', isMet: (value) => value === undefined || value === false },
  { field: ['readOnlyRootFilesystem'], allowed: 'true', isMet: (value) => value === true },
  {
    field: ['capabilities', 'drop'],
    allowed: '["ALL"]',
    isMet: (value) => Array.isArray(value) && value.includes('ALL'),
  },
  {
    field: ['capabilities', 'add'],
    allowed: 'undefined or ["NET_BIND_SERVICE"]',
    isMet: (value) => value === undefined || (Array.isArray(value) && value.every((it) => it === 'NET_BIND_SERVICE')),
  },
  {
    field: ['procMount'],
    allowed: 'undefined or "Default"',
    isMet: (value) => value === undefined || value === 'Default',
  },
]

function security(pod: Pod, container: JsonRecord, path: string): Finding[] {
  const wrong = demands.flatMap(({ field, allowed, isMet, ofPod = false }): Finding[] => {
    const own = at(container, 'securityContext', ...field)
    const value = own === undefined && ofPod ? at(pod.spec, 'securityContext', ...field) : own
    if (isMet(value)) return []
    const name = field.join('.')
    return [
      {
        rendered: pod.maker,
        field: `${path}.securityContext.${name}`,
        problem: `${name} of ${named(pod, container).replace('Container', 'container')} is ${shown(value)}; it must be ${allowed}.`,
        mend: ofPod
          ? 'Set securityContext of the pod to podSecurity of charts/src/pod-security.ts.'
          : 'Spread containerSecurity of charts/src/pod-security.ts.',
      },
    ]
  })
  const ports = listAt(container, 'ports').flatMap((port, index): Finding[] => {
    const hostPort = at(port, 'hostPort')
    if (hostPort === undefined || hostPort === 0) return []
    const problem = `${named(pod, container)} takes port ${shown(hostPort)} of its node.`
    return [{ rendered: pod.maker, field: `${path}.ports[${index}].hostPort`, problem, mend: 'Remove hostPort.' }]
  })
  return [...wrong, ...ports]
}

function hostNamespaces(pod: Pod): Finding[] {
  return (['hostNetwork', 'hostPID', 'hostIPC'] as const)
    .filter((name) => at(pod.spec, name) === true)
    .map((name) => ({
      rendered: pod.maker,
      field: `${pod.path}.spec.${name}`,
      problem: `The pods of ${title(pod.maker)} share a namespace of their node.`,
      mend: `Remove ${name}.`,
    }))
}

const shown = (value: Json | undefined): string => JSON.stringify(value) ?? 'undefined'

import type { Json } from '../../rendered-object.ts'
import { selectorMeets } from '../label-selector.ts'
import type { Finding } from '../manifest-problem.ts'
import { podsOf } from '../pods.ts'
import { at, listAt, textAt, textsAt } from '../read-json.ts'
import { ofKind, type Rule, type Subject } from '../subject.ts'

/** Rule: a sandbox opens no connection, no pod mounts a path of its node, and the rights that agents need for sandboxes allow nothing else. */
export const sandboxes: Rule = (subject) => [...openSandboxes(subject), ...roles(subject), ...nodes(subject)]

const claims = {
  apiGroups: ['extensions.agents.x-k8s.io'],
  resources: ['sandboxclaims'],
  verbs: ['create', 'delete', 'get', 'patch'],
} as const

function openSandboxes(subject: Subject): Finding[] {
  return ofKind(subject, 'SandboxTemplate').flatMap((rendered): Finding[] => {
    const labels = textsAt(rendered.object, 'spec', 'podTemplate', 'metadata', 'labels')
    const field = 'spec.networkPolicyManagement'
    if (textAt(rendered.object, 'spec', 'networkPolicyManagement') !== 'Unmanaged') {
      const problem = "The controller's own policy allows sandboxes to reach the internet."
      return [{ rendered, field, problem, mend: 'Set "Unmanaged" and render a NetworkPolicy.' }]
    }
    const selecting = ofKind(subject, 'NetworkPolicy').filter(({ object }) =>
      selectorMeets(at(object, 'spec', 'podSelector'), labels),
    )
    return selecting
      .filter(({ object }) => listAt(object, 'spec', 'egress').length > 0)
      .map((policy) => ({
        rendered: policy,
        field: 'spec.egress',
        problem: `It allows egress from the pods of SandboxTemplate ${rendered.name}.`,
        mend: 'Leave out egress: a sandbox opens no connection.',
      }))
  })
}

/** Rule: Roles grant only the claiming of sandboxes. A wider Role would bypass the limits of Argo CD's project. */
function roles(subject: Subject): Finding[] {
  return ofKind(subject, 'Role').flatMap((rendered) =>
    listAt(rendered.object, 'rules').flatMap((rule, index) =>
      Object.entries(claims)
        .filter(([field, allowed]) => !within(listAt(rule, field), allowed))
        .map(([field, allowed]) => ({
          rendered,
          field: `rules[${index}].${field}`,
          problem: `It grants more than sandbox claims: ${JSON.stringify(listAt(rule, field))}.`,
          mend: `Allowed are only ${allowed.join(', ')}.`,
        })),
    ),
  )
}

const within = (values: readonly Json[], allowed: readonly string[]): boolean =>
  values.length > 0 && values.every((value) => allowed.some((it) => it === value))

/** Rule: no pod mounts a path of its node, because the socket of a container engine gives root access to the node. */
function nodes(subject: Subject): Finding[] {
  const mounts = podsOf(subject).flatMap((pod) =>
    listAt(pod.spec, 'volumes').flatMap((volume, index): Finding[] =>
      at(volume, 'hostPath') === undefined
        ? []
        : [
            {
              rendered: pod.maker,
              field: `${pod.path}.spec.volumes[${index}].hostPath`,
              problem: `It mounts ${textAt(volume, 'hostPath', 'path') ?? 'a folder'} of its node.`,
              mend: "Remove it: sandboxes by a container engine's socket are for development outside a cluster.",
            },
          ],
    ),
  )
  const settings = ofKind(subject, 'ConfigMap').flatMap((rendered): Finding[] =>
    textAt(rendered.object, 'data', 'SANDBOX') === 'docker'
      ? [
          {
            rendered,
            field: 'data.SANDBOX',
            problem: '"docker" needs the socket of a container engine.',
            mend: 'Use "agent-sandbox" or "none" in a cluster.',
          },
        ]
      : [],
  )
  return [...mounts, ...settings]
}

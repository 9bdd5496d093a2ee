import type { Json } from '@hadal/charts/rendered-object'
import { at, listAt } from '@hadal/charts/validate/read-json'
import type { DangerRule } from '../compared.ts'
import { containersOf, podTemplate } from '../pod-template.ts'

/** Finds pods and containers that lose a security setting. New ones are compared with the strictest settings. */
export const weakerSecurity: DangerRule = ({ before, after }) => {
  const known = new Set(weaknesses(before).map(({ key }) => key))
  return weaknesses(after)
    .filter(({ key }) => !known.has(key))
    .map(({ field, what }) => ({ field, what, why: 'An attacker who takes over the process can do more.' }))
}

interface Weakness {
  readonly key: string
  readonly field: string
  readonly what: string
}

function weaknesses(object: Parameters<typeof podTemplate>[0]): Weakness[] {
  const pod = podTemplate(object)
  if (!pod) return []
  const shared = ['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => at(pod.spec, field) === true)
  const ofPod = [
    ...shared.map((field): [string, string] => [field, `Its pods share a namespace with the node (${field}).`]),
    ...listAt(pod.spec, 'volumes')
      .filter((volume) => at(volume, 'hostPath') !== undefined)
      .map((volume): [string, string] => [
        'volumes',
        `Its pods mount the node's path ${String(at(volume, 'hostPath', 'path'))}.`,
      ]),
    ...(at(pod.spec, 'automountServiceAccountToken') === false
      ? []
      : [['automountServiceAccountToken', 'Its pods get a token for the Kubernetes API.'] as [string, string]]),
  ].map(([field, what]) => ({ key: what, field: `${pod.path}.${field}`, what }))
  const ofContainers = containersOf(object).flatMap(({ name, fields, path }) =>
    containerWeaknesses(at(fields, 'securityContext'), at(pod.spec, 'securityContext')).map(([field, what]) => ({
      key: `${name} ${what}`,
      field: `${path}.securityContext.${field}`,
      what: `Container ${name} ${what}.`,
    })),
  )
  return [...ofPod, ...ofContainers]
}

/** Missing security settings of a container. Its own securityContext takes precedence over the pod's. */
function containerWeaknesses(own: Json | undefined, pods: Json | undefined): [field: string, what: string][] {
  const either = (...path: string[]): Json | undefined => at(own, ...path) ?? at(pods, ...path)
  const found: [boolean, string, string][] = [
    [at(own, 'privileged') === true, 'privileged', 'is privileged'],
    [
      at(own, 'allowPrivilegeEscalation') !== false,
      'allowPrivilegeEscalation',
      'may gain more privileges than its parent process',
    ],
    [either('runAsNonRoot') !== true, 'runAsNonRoot', 'may run as root'],
    [either('runAsUser') === 0, 'runAsUser', 'runs as root'],
    [at(own, 'readOnlyRootFilesystem') !== true, 'readOnlyRootFilesystem', 'has a writable root file system'],
    [!listAt(own, 'capabilities', 'drop').includes('ALL'), 'capabilities.drop', 'keeps Linux capabilities'],
    [
      !['RuntimeDefault', 'Localhost'].includes(String(either('seccompProfile', 'type'))),
      'seccompProfile',
      'may use every system call',
    ],
    ...listAt(own, 'capabilities', 'add').map((capability): [boolean, string, string] => [
      true,
      'capabilities.add',
      `gets the capability ${String(capability)}`,
    ]),
  ]
  return found.flatMap(([weak, field, what]) => (weak ? [[field, what]] : []))
}

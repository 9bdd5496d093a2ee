import type { Json } from '../../rendered-object.ts'
import { type Keyed, madeConfigMaps, madeSecrets } from '../made.ts'
import type { Finding } from '../manifest-problem.ts'
import { containersOf, type Pod, podsOf } from '../pods.ts'
import { at, listAt, textAt } from '../read-json.ts'
import { checkReference, isOptional, type Reference } from '../reference.ts'
import { ofKind, type Rule, type Subject } from '../subject.ts'

/** Rule: every Secret, ConfigMap and volume claim of a pod exists and has the keys that the pod uses; otherwise the pod would never start. */
export const podReferences: Rule = (subject) => {
  const made = {
    Secret: madeSecrets(subject),
    ConfigMap: madeConfigMaps(subject),
    ServiceAccount: names(subject, 'ServiceAccount'),
    PersistentVolumeClaim: names(subject, 'PersistentVolumeClaim'),
  }
  return podsOf(subject).flatMap((pod) => [
    ...references(pod).flatMap((reference) => checkReference(reference, made[reference.kind])),
    ...mounts(pod),
  ])
}

type PodReference = Reference & { readonly kind: 'Secret' | 'ConfigMap' | 'ServiceAccount' | 'PersistentVolumeClaim' }

const names = (subject: Subject, kind: string): Keyed =>
  new Map(ofKind(subject, kind).map(({ name }) => [name, undefined]))

function references(pod: Pod): PodReference[] {
  const rendered = pod.maker
  const spec = `${pod.path}.spec`
  const account: PodReference = {
    rendered,
    field: `${spec}.serviceAccountName`,
    kind: 'ServiceAccount',
    name: textAt(pod.spec, 'serviceAccountName'),
  }
  const pulls = listAt(pod.spec, 'imagePullSecrets').map(
    (pull, index): PodReference => ({
      rendered,
      field: `${spec}.imagePullSecrets[${index}].name`,
      kind: 'Secret',
      name: textAt(pull, 'name'),
    }),
  )
  const volumes = listAt(pod.spec, 'volumes').flatMap((volume, index) =>
    volumeReferences(pod, volume, `${spec}.volumes[${index}]`),
  )
  const variables = containersOf(pod).flatMap(([container, path]) => [
    ...listAt(container, 'env').flatMap((variable, index) =>
      keyReferences(pod, at(variable, 'valueFrom'), `${path}.env[${index}].valueFrom`),
    ),
    ...listAt(container, 'envFrom').flatMap((source, index) =>
      named(pod, source, `${path}.envFrom[${index}]`, { secretRef: 'Secret', configMapRef: 'ConfigMap' }),
    ),
  ])
  return [account, ...pulls, ...volumes, ...variables]
}

function volumeReferences(pod: Pod, volume: Json, field: string): PodReference[] {
  const claim = textAt(volume, 'persistentVolumeClaim', 'claimName')
  const claims: PodReference[] = claim
    ? [
        {
          rendered: pod.maker,
          field: `${field}.persistentVolumeClaim.claimName`,
          kind: 'PersistentVolumeClaim',
          name: claim,
        },
      ]
    : []
  const projected = listAt(volume, 'projected', 'sources').flatMap((source, index) =>
    mounted(pod, source, `${field}.projected.sources[${index}]`),
  )
  return [...claims, ...mounted(pod, volume, field), ...projected]
}

/** The Secret or ConfigMap of a volume or a projection, with the keys of `items`. */
function mounted(pod: Pod, source: Json, field: string): PodReference[] {
  return (['secret', 'configMap'] as const).flatMap((type): PodReference[] => {
    const value = at(source, type)
    if (value === undefined || isOptional(value)) return []
    // A Secret volume has `secretName`, every other source `name`.
    const naming = textAt(value, 'secretName') === undefined ? 'name' : 'secretName'
    const keys = listAt(value, 'items').map((item, index) => ({
      key: textAt(item, 'key'),
      field: `${field}.${type}.items[${index}].key`,
    }))
    const kind = type === 'secret' ? 'Secret' : 'ConfigMap'
    return [{ rendered: pod.maker, field: `${field}.${type}.${naming}`, kind, name: textAt(value, naming), keys }]
  })
}

function keyReferences(pod: Pod, source: Json | undefined, field: string): PodReference[] {
  return Object.entries({ secretKeyRef: 'Secret', configMapKeyRef: 'ConfigMap' } as const).flatMap(
    ([type, kind]): PodReference[] => {
      const value = at(source, type)
      if (value === undefined || isOptional(value)) return []
      const keys = [{ key: textAt(value, 'key'), field: `${field}.${type}.key` }]
      return [{ rendered: pod.maker, field: `${field}.${type}.name`, kind, name: textAt(value, 'name'), keys }]
    },
  )
}

function named(
  pod: Pod,
  source: Json,
  field: string,
  kinds: Readonly<Record<string, 'Secret' | 'ConfigMap'>>,
): PodReference[] {
  return Object.entries(kinds).flatMap(([type, kind]): PodReference[] => {
    const value = at(source, type)
    if (value === undefined || isOptional(value)) return []
    return [{ rendered: pod.maker, field: `${field}.${type}.name`, kind, name: textAt(value, 'name') }]
  })
}

/** Rule: every volume mount names a volume of its own pod. */
function mounts(pod: Pod): Finding[] {
  const claims = listAt(pod.maker.object, 'spec', 'volumeClaimTemplates')
  const volumes = new Set([
    ...listAt(pod.spec, 'volumes').flatMap((volume) => textAt(volume, 'name') ?? []),
    ...claims.flatMap((claim) => textAt(claim, 'metadata', 'name') ?? []),
  ])
  const made: Keyed = new Map([...volumes].map((volume) => [volume, undefined]))
  return containersOf(pod).flatMap(([container, path]) =>
    listAt(container, 'volumeMounts').flatMap((mount, index) =>
      checkReference(
        {
          rendered: pod.maker,
          field: `${path}.volumeMounts[${index}].name`,
          kind: 'volume',
          name: textAt(mount, 'name'),
        },
        made,
      ),
    ),
  )
}

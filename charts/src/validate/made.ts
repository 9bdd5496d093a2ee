import { listAt, recordAt, textAt, textsAt } from './read-json.ts'
import { ofKind, type Subject } from './subject.ts'

/** Names of Secrets or ConfigMaps, each with its keys; `undefined` if the keys are not known. */
export type Keyed = ReadonlyMap<string, ReadonlySet<string> | undefined>

/** Returns every existing Secret: those of the platform's table, and those that an operator creates from a rendered object. */
export function madeSecrets(subject: Pick<Subject, 'objects' | 'givenSecrets'>): Keyed {
  const made = new Map<string, ReadonlySet<string> | undefined>()
  const add = (name: string | undefined, keys: Iterable<string>): void => {
    if (name !== undefined) made.set(name, new Set([...(made.get(name) ?? []), ...keys]))
  }
  for (const [name, keys] of subject.givenSecrets) add(name, keys)
  for (const { object, name } of subject.objects) {
    switch (object.kind) {
      case 'Secret':
        add(name, [...Object.keys(recordAt(object, 'data')), ...Object.keys(recordAt(object, 'stringData'))])
        break
      case 'ExternalSecret': {
        const target = textAt(object, 'spec', 'target', 'name') ?? name
        const keys = listAt(object, 'spec', 'data').flatMap((entry) => textAt(entry, 'secretKey') ?? [])
        const template = Object.keys(recordAt(object, 'spec', 'target', 'template', 'data'))
        // With a template, its keys are the Secret's. Without one, only the store knows the keys of dataFrom.
        if (template.length > 0) add(target, template)
        else if (listAt(object, 'spec', 'dataFrom').length > 0) made.set(target, undefined)
        else add(target, keys)
        break
      }
      case 'Certificate':
        add(textAt(object, 'spec', 'secretName'), ['tls.crt', 'tls.key', 'ca.crt'])
        break
      case 'Ingress':
        // cert-manager's ingress-shim makes a Certificate for each host of an annotated Ingress.
        if (Object.keys(textsAt(object, 'metadata', 'annotations')).some((key) => key.startsWith('cert-manager.io/'))) {
          for (const entry of listAt(object, 'spec', 'tls')) add(textAt(entry, 'secretName'), ['tls.crt', 'tls.key'])
        }
        break
      case 'Cluster':
        add(`${name}-ca`, ['ca.crt', 'ca.key'])
        add(`${name}-server`, ['tls.crt', 'tls.key'])
        add(`${name}-replication`, ['tls.crt', 'tls.key'])
        break
    }
  }
  return made
}

export const madeConfigMaps = (subject: Pick<Subject, 'objects'>): Keyed =>
  new Map([
    // Kubernetes creates it in every namespace.
    ['kube-root-ca.crt', new Set(['ca.crt'])],
    ...ofKind(subject, 'ConfigMap').map(({ name, object }): [string, ReadonlySet<string>] => [
      name,
      new Set([...Object.keys(recordAt(object, 'data')), ...Object.keys(recordAt(object, 'binaryData'))]),
    ]),
  ])

/** Names of Services, each with its ports by number and by name. Services that operators create are included. */
export const madeServices = (subject: Pick<Subject, 'objects'>): Keyed => {
  const written = ofKind(subject, 'Service').map(({ name, object }): [string, ReadonlySet<string>] => {
    const ports = listAt(object, 'spec', 'ports')
    return [name, new Set(ports.flatMap((port) => [String(recordAt(port).port), textAt(port, 'name') ?? []].flat()))]
  })
  const postgres = new Set(['5432'])
  const clusters = ofKind(subject, 'Cluster').flatMap(({ name }) =>
    ['rw', 'ro', 'r'].map((suffix) => `${name}-${suffix}`),
  )
  const poolers = ofKind(subject, 'Pooler').map(({ name }) => name)
  const redis = new Set(['6379'])
  const nodes = ofKind(subject, 'RedisCluster').flatMap(({ name }) =>
    ['leader', 'follower'].flatMap((role) => [`${name}-${role}`, `${name}-${role}-headless`]),
  )
  return new Map([
    ...written,
    ...[...clusters, ...poolers].map((name): [string, ReadonlySet<string>] => [name, postgres]),
    ...nodes.map((name): [string, ReadonlySet<string>] => [name, redis]),
  ])
}

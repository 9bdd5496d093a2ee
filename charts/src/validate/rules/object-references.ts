import type { Json, RenderedObject } from '../../rendered-object.ts'
import { type Keyed, madeConfigMaps, madeSecrets, madeServices } from '../made.ts'
import { at, listAt, textAt } from '../read-json.ts'
import { checkReference, type Reference } from '../reference.ts'
import { ofKind, type Rule, type Subject } from '../subject.ts'

/** Rule: every object that another object refers to exists: backends, Services of StatefulSets, stores, roles, clusters, projects. */
export const objectReferences: Rule = (subject) => {
  const secrets = madeSecrets(subject)
  const keyed: Readonly<Record<string, Keyed>> = {
    Secret: secrets,
    ConfigMap: madeConfigMaps(subject),
    Service: madeServices(subject),
  }
  return subject.objects.flatMap((rendered) =>
    referencesOf(rendered).flatMap((reference) =>
      checkReference({ rendered, ...reference }, keyed[reference.kind] ?? named(subject, reference.kind)),
    ),
  )
}

type Wanted = Omit<Reference, 'rendered'>

const named = (subject: Subject, kind: string): Keyed =>
  new Map(ofKind(subject, kind).map(({ name }) => [name, undefined]))

function referencesOf({ object, kind }: RenderedObject): Wanted[] {
  const text = (...path: string[]): string | undefined => textAt(object, ...path)
  switch (kind) {
    case 'StatefulSet':
      return [{ field: 'spec.serviceName', kind: 'Service', name: text('spec', 'serviceName') }]
    case 'Ingress':
      return ingress(object)
    case 'HTTPRoute':
      return listAt(object, 'spec', 'rules').flatMap((rule, ruleIndex) =>
        listAt(rule, 'backendRefs').flatMap((backend, index): Wanted[] => {
          const field = `spec.rules[${ruleIndex}].backendRefs[${index}]`
          // The Services of other namespaces are not known.
          if (textAt(backend, 'namespace') !== undefined) return []
          const keys = [{ key: numberText(at(backend, 'port')), field: `${field}.port` }]
          return [{ field: `${field}.name`, kind: 'Service', name: textAt(backend, 'name'), keys }]
        }),
      )
    case 'RoleBinding':
      return [
        ...(text('roleRef', 'kind') === 'Role'
          ? [{ field: 'roleRef.name', kind: 'Role', name: text('roleRef', 'name') }]
          : []),
        ...listAt(object, 'subjects').flatMap((it, index): Wanted[] =>
          textAt(it, 'kind') === 'ServiceAccount'
            ? [{ field: `subjects[${index}].name`, kind: 'ServiceAccount', name: textAt(it, 'name') }]
            : [],
        ),
      ]
    case 'Cluster':
      return cluster(object)
    case 'Pooler':
      return [
        { field: 'spec.cluster.name', kind: 'Cluster', name: text('spec', 'cluster', 'name') },
        ...pullSecrets(object, ['spec', 'template', 'spec', 'imagePullSecrets']),
      ]
    case 'Database':
    case 'Backup':
    case 'ScheduledBackup':
      return [{ field: 'spec.cluster.name', kind: 'Cluster', name: text('spec', 'cluster', 'name') }]
    case 'ObjectStore':
      if (at(object, 'spec', 'configuration', 's3Credentials', 'inheritFromIAMRole') === true) return []
      return Object.entries(credentials).map(([field, key]) =>
        secretKey(object, ['spec', 'configuration', 's3Credentials', field], key),
      )
    case 'TriggerAuthentication':
      return listAt(object, 'spec', 'secretTargetRef').map((it, index): Wanted => {
        const field = `spec.secretTargetRef[${index}]`
        return {
          field: `${field}.name`,
          kind: 'Secret',
          name: textAt(it, 'name'),
          keys: [{ key: textAt(it, 'key'), field: `${field}.key` }],
        }
      })
    case 'ScaledObject':
      return listAt(object, 'spec', 'triggers').map((it, index) => ({
        field: `spec.triggers[${index}].authenticationRef.name`,
        kind: 'TriggerAuthentication',
        name: textAt(it, 'authenticationRef', 'name'),
      }))
    case 'Issuer':
      return [
        {
          field: 'spec.ca.secretName',
          kind: 'Secret',
          name: text('spec', 'ca', 'secretName'),
          keys: ['tls.crt', 'tls.key'].map((key) => ({ key, field: 'spec.ca.secretName' })),
        },
      ]
    case 'RedisCluster':
      return redisCluster(object)
    case 'Application':
      return [{ field: 'spec.project', kind: 'AppProject', name: text('spec', 'project') }]
    default:
      return []
  }
}

const numberText = (value: Json | undefined): string | undefined => (value === undefined ? undefined : String(value))

function ingress(object: Json): Wanted[] {
  const certificates = listAt(object, 'spec', 'tls').map((entry, index) => ({
    field: `spec.tls[${index}].secretName`,
    kind: 'Secret',
    name: textAt(entry, 'secretName'),
    keys: ['tls.crt', 'tls.key'].map((key) => ({ key, field: `spec.tls[${index}].secretName` })),
  }))
  const backends = listAt(object, 'spec', 'rules').flatMap((rule, ruleIndex) =>
    listAt(rule, 'http', 'paths').map((path, index): Wanted => {
      const field = `spec.rules[${ruleIndex}].http.paths[${index}].backend.service`
      const port = at(path, 'backend', 'service', 'port', 'number') ?? at(path, 'backend', 'service', 'port', 'name')
      const keys = [{ key: numberText(port), field: `${field}.port` }]
      return { field: `${field}.name`, kind: 'Service', name: textAt(path, 'backend', 'service', 'name'), keys }
    }),
  )
  return [...certificates, ...backends]
}

/** Secrets with which an operator's pods pull their images. */
const pullSecrets = (object: Json, path: string[]): Wanted[] =>
  listAt(object, ...path).map((pull, index) => ({
    field: `${path.join('.')}[${index}].name`,
    kind: 'Secret',
    name: textAt(pull, 'name'),
    keys: [{ key: '.dockerconfigjson', field: `${path.join('.')}[${index}].name` }],
  }))

const credentials = { accessKeyId: 'key', secretAccessKey: 'key' } as const

function secretKey(object: Json, path: string[], keyField: string): Wanted {
  const field = path.join('.')
  const keys = [{ key: textAt(object, ...path, keyField), field: `${field}.${keyField}` }]
  return { field: `${field}.name`, kind: 'Secret', name: textAt(object, ...path, 'name'), keys }
}

/** Secrets that a CloudNativePG Cluster reads. It requires the keys `username` and `password`. */
function cluster(object: Json): Wanted[] {
  const login = ['username', 'password']
  const secrets = [
    ['spec', 'bootstrap', 'initdb', 'secret', 'name'],
    ['spec', 'bootstrap', 'recovery', 'secret', 'name'],
    ['spec', 'superuserSecret', 'name'],
  ].map((path): Wanted => {
    const field = path.join('.')
    return { field, kind: 'Secret', name: textAt(object, ...path), keys: login.map((key) => ({ key, field })) }
  })
  const roles = listAt(object, 'spec', 'managed', 'roles').map((role, index): Wanted => {
    const field = `spec.managed.roles[${index}].passwordSecret.name`
    return {
      field,
      kind: 'Secret',
      name: textAt(role, 'passwordSecret', 'name'),
      keys: login.map((key) => ({ key, field })),
    }
  })
  const stores = listAt(object, 'spec', 'plugins').map((plugin, index): Wanted => {
    const field = `spec.plugins[${index}].parameters.barmanObjectName`
    return { field, kind: 'ObjectStore', name: textAt(plugin, 'parameters', 'barmanObjectName') }
  })
  const sources = listAt(object, 'spec', 'externalClusters').map((source, index): Wanted => {
    const field = `spec.externalClusters[${index}].plugin.parameters.barmanObjectName`
    return { field, kind: 'ObjectStore', name: textAt(source, 'plugin', 'parameters', 'barmanObjectName') }
  })
  return [...secrets, ...roles, ...stores, ...sources, ...pullSecrets(object, ['spec', 'imagePullSecrets'])]
}

/** Secrets, ConfigMaps and the ServiceAccount of a RedisCluster. */
function redisCluster(object: Json): Wanted[] {
  const tls = ['spec', 'TLS']
  const acl = ['spec', 'acl', 'secret']
  return [
    ...pullSecrets(object, ['spec', 'kubernetesConfig', 'imagePullSecrets']),
    secretKey(object, ['spec', 'kubernetesConfig', 'redisSecret'], 'key'),
    {
      field: 'spec.TLS.secret.secretName',
      kind: 'Secret',
      name: textAt(object, ...tls, 'secret', 'secretName'),
      keys: ['ca', 'cert', 'key'].map((file) => ({ key: textAt(object, ...tls, file), field: `spec.TLS.${file}` })),
    },
    {
      field: 'spec.acl.secret.secretName',
      kind: 'Secret',
      name: textAt(object, ...acl, 'secretName'),
      keys: listAt(object, ...acl, 'items').map((item, index) => ({
        key: textAt(item, 'key'),
        field: `spec.acl.secret.items[${index}].key`,
      })),
    },
    ...['redisLeader', 'redisFollower'].map((nodes): Wanted => {
      const field = `spec.${nodes}.redisConfig.additionalRedisConfig`
      const name = textAt(object, 'spec', nodes, 'redisConfig', 'additionalRedisConfig')
      return { field, kind: 'ConfigMap', name, keys: [{ key: 'redis-additional.conf', field }] }
    }),
    { field: 'spec.serviceAccountName', kind: 'ServiceAccount', name: textAt(object, 'spec', 'serviceAccountName') },
  ]
}

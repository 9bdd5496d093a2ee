import type { Json, RenderedObject } from '@hadal/charts/rendered-object'
import { listAt, recordAt, recordsIn, textAt } from '@hadal/charts/validate/read-json'
import { gatewayListener } from '@hadal/platform/names'
import type { Evidence, Subject } from './checklist-item.ts'
import { inConfig, inObject } from './evidence.ts'

/** Something that the environment needs and that none of its manifests creates. */
export interface Reliance {
  /** Description of something that the environment needs, without a full stop. */
  readonly what: string
  /** Who provides it. `cluster`: the cluster's operator. `stack`: this repository's Pulumi stack. `outside`: a service outside the cluster. */
  readonly from: 'cluster' | 'stack' | 'outside'
  /** Place in the environment's files that shows the need. */
  readonly evidence: Evidence
}

/** API group of sandboxes. The Pulumi stack does not install its controller, even with `operators: 'managed'`. */
const sandboxGroup = 'extensions.agents.x-k8s.io'

/** Names of the operators, by the API group of their objects. */
const operators: Readonly<Record<string, string>> = {
  'postgresql.cnpg.io': 'CloudNativePG',
  'barmancloud.cnpg.io': "CloudNativePG's barman-cloud plugin",
  'external-secrets.io': 'external-secrets',
  'cert-manager.io': 'cert-manager',
  'keda.sh': 'KEDA',
  'redis.redis.opstreelabs.in': 'redis-operator (OT-CONTAINER-KIT) with its gate GenerateConfigInInitContainer',
  'argoproj.io': 'Argo CD',
  [sandboxGroup]: 'agent-sandbox (kubernetes-sigs) with its extensions',
}
/** API groups of Kubernetes itself. Every other group belongs to an operator. */
const kubernetesOwn = /^[^.]*$|\.k8s\.io$/
const monitoring = 'monitoring.coreos.com'

const groupOf = ({ object }: RenderedObject): string =>
  object.apiVersion.includes('/') ? object.apiVersion.slice(0, object.apiVersion.indexOf('/')) : ''

/** Lists everything outside its manifests that an environment needs. Whether it exists is not checked. */
export function reliances(subject: Subject): Reliance[] {
  const { environment, objects } = subject
  const { cluster, exposure, postgres, redis, sandbox, secrets } = environment
  const found: Reliance[] = []
  const add = (what: string, from: Reliance['from'], evidence: Evidence | undefined): void => {
    if (evidence) found.push({ what, from, evidence })
  }
  const first = (kind: string, path: readonly (string | number)[] = ['kind']): Evidence | undefined => {
    const rendered = objects.find((object) => object.kind === kind)
    return rendered && inObject(subject, rendered, path, objectsOf(objects, kind))
  }

  add('A network plugin that enforces NetworkPolicies', 'cluster', first('NetworkPolicy'))
  for (const [name, evidence] of storage(subject)) add(name, 'cluster', evidence)
  add('metrics-server', 'cluster', resourceScaler(subject))
  const selected = `release=${cluster.prometheusRelease}`
  add(
    `Prometheus in namespace ${cluster.monitoringNamespace}, with an operator that selects ${selected}`,
    'cluster',
    first('PrometheusRule', ['metadata', 'labels', 'release']) ??
      first('PodMonitor', ['metadata', 'labels', 'release']),
  )
  add('Grafana that loads dashboards from ConfigMaps', 'cluster', dashboard(subject))
  if (exposure.kind === 'gateway') {
    const { name, namespace } = exposure.gateway
    const ends = exposure.tls ? ' that ends TLS' : ' without TLS'
    const what = `Gateway ${namespace}/${name} with a listener "${gatewayListener(exposure)}"${ends}`
    add(what, 'cluster', first('HTTPRoute', ['spec', 'parentRefs']))
  }
  if (exposure.kind === 'ingress') {
    const what = `An Ingress controller for class ${exposure.className}, in namespace ${exposure.controllerNamespace}`
    add(what, 'cluster', first('Ingress', ['spec', 'ingressClassName']))
    const certificate = objects.find(
      ({ kind, object }) =>
        kind === 'Certificate' && textAt(object, 'spec', 'issuerRef', 'name') === exposure.issuer.name,
    )
    const says = `the certificate of ${exposure.host}`
    const evidence = certificate && inObject(subject, certificate, ['spec', 'issuerRef'], says)
    add(`${exposure.issuer.kind} ${exposure.issuer.name}`, 'cluster', evidence)
  }
  for (const { group, name } of operatorsOf(objects)) {
    const where = group === 'argoproj.io' ? ` in namespace ${cluster.argocdNamespace}` : ''
    const rendered = objects.find((object) => groupOf(object) === group)
    if (!rendered) continue
    const evidence = inObject(subject, rendered, ['apiVersion'], objectsOf(objects, rendered.kind))
    const installed = cluster.operators === 'managed' && group !== sandboxGroup
    add(`${name}${where}`, installed ? 'stack' : 'cluster', evidence)
  }
  if (sandbox.kind === 'agent-sandbox' && sandbox.runtimeClass !== undefined) {
    const path = ['spec', 'podTemplate', 'spec', 'runtimeClassName']
    add(`RuntimeClass ${sandbox.runtimeClass}`, 'cluster', first('SandboxTemplate', path))
  }
  if (secrets.kind === 'external-secrets') {
    const { kind, name } = secrets.store
    const what = `${kind} ${name} with the secrets under ${secrets.path}`
    add(what, 'cluster', first('ExternalSecret', ['spec', 'secretStoreRef']))
  } else {
    add("The Secrets, created by this environment's Pulumi stack", 'stack', inConfig(subject, ['secrets'], 'secrets'))
  }
  if (postgres.kind === 'external') {
    const what = `PostgreSQL at ${postgres.host}:${postgres.port}`
    add(what, 'outside', inConfig(subject, ['postgres', 'host'], 'postgres'))
  }
  if (redis.kind === 'external') {
    add(`Redis at ${redis.host}:${redis.port}`, 'outside', inConfig(subject, ['redis', 'host'], 'redis'))
  }
  if (environment.backup.kind === 's3') {
    const { bucket, endpoint, region } = environment.backup
    const what = `Bucket ${bucket} (${endpoint ?? `AWS S3, ${region}`})`
    add(what, 'outside', inConfig(subject, ['backup', 'bucket'], 'backup'))
  }
  return found
}

function objectsOf(objects: readonly RenderedObject[], kind: string): string {
  const count = objects.filter((object) => object.kind === kind).length
  return `${count} ${count === 1 ? kind : kind.replace(/y$/, 'ie').replace(/$/, 's')}`
}

function operatorsOf(objects: readonly RenderedObject[]): { readonly group: string; readonly name: string }[] {
  const groups = [...new Set(objects.map(groupOf))].filter(
    (group) => !kubernetesOwn.test(group) && group !== monitoring,
  )
  return groups.sort().map((group) => ({ group, name: operators[group] ?? `The operator of ${group}` }))
}

/** Finds the storage classes of the environment's volume claims, each with the place of one claim as evidence. */
function storage(subject: Subject): Map<string, Evidence> {
  const found = new Map<string, Evidence>()
  for (const rendered of subject.objects) {
    for (const { claim, path } of claims(rendered)) {
      const name = textAt(claim, 'storageClassName') ?? textAt(claim, 'storageClass')
      const what = name ? `StorageClass ${name}` : 'A default StorageClass'
      if (!found.has(what)) found.set(what, inObject(subject, rendered, path, 'a volume is claimed'))
    }
  }
  return found
}

function claims({ kind, object }: RenderedObject): { readonly claim: Json; readonly path: (string | number)[] }[] {
  switch (kind) {
    case 'PersistentVolumeClaim':
      return [{ claim: recordAt(object, 'spec'), path: ['spec'] }]
    case 'StatefulSet':
      return listAt(object, 'spec', 'volumeClaimTemplates').map((template, index) => ({
        claim: recordAt(template, 'spec'),
        path: ['spec', 'volumeClaimTemplates', index],
      }))
    case 'Cluster':
      return [{ claim: recordAt(object, 'spec', 'storage'), path: ['spec', 'storage'] }]
    default:
      // A custom kind may contain a volumeClaimTemplate at any path.
      return recordsIn(object).flatMap(([record, path]) =>
        'volumeClaimTemplate' in record
          ? [{ claim: recordAt(record.volumeClaimTemplate, 'spec'), path: path.split('.') }]
          : [],
      )
  }
}

function resourceScaler(subject: Subject): Evidence | undefined {
  const scalers = subject.objects.filter(
    ({ kind, object }) =>
      kind === 'HorizontalPodAutoscaler' &&
      listAt(object, 'spec', 'metrics').some((metric) => textAt(metric, 'type') === 'Resource'),
  )
  const [rendered] = scalers
  return rendered && inObject(subject, rendered, ['spec', 'metrics'], objectsOf(scalers, rendered.kind))
}

function dashboard(subject: Subject): Evidence | undefined {
  const rendered = subject.objects.find(
    ({ kind, object }) => kind === 'ConfigMap' && object.metadata.labels?.grafana_dashboard !== undefined,
  )
  return rendered && inObject(subject, rendered, ['metadata', 'labels', 'grafana_dashboard'], 'dashboards')
}

import { listAt, recordsIn, textAt } from '@hadal/charts/validate/read-json'
import { kubernetesVersions } from '@hadal/platform/schema/cluster'
import type { Evidence, Subject } from '../checklist-item.ts'
import { inConfig, inObject } from '../evidence.ts'
import { countText, destinationText, inFirst, type Reliance, relianceOn } from './reliance.ts'

/** What an environment needs of the cluster itself: its version, network, DNS, API server, nodes and registries. */
export function clusterReliances(subject: Subject): Reliance[] {
  const { cluster, postgres, sandbox } = subject.environment
  const [oldest, newest] = [kubernetesVersions[0], kubernetesVersions.at(-1)]
  const usesApiServer = postgres.kind === 'cnpg' || sandbox.kind !== 'none'
  const apiServer = cluster.apiServerAddresses
    ? `The API server at ${cluster.apiServerAddresses.join(', ')}, port 443 or 6443`
    : 'The API server, at any address and port 443 or 6443: set cluster.apiServerAddresses to narrow this opening'
  return [
    ...relianceOn(`Kubernetes ${oldest} to ${newest}`, 'cluster', inFirst(subject, 'NetworkPolicy', ['apiVersion'])),
    ...relianceOn('A network plugin that enforces NetworkPolicies', 'cluster', inFirst(subject, 'NetworkPolicy')),
    ...cluster.dns.flatMap((resolver) =>
      relianceOn(
        `DNS at ${destinationText(resolver)}`,
        'cluster',
        inConfig(subject, ['cluster', 'dns'], 'cluster.dns'),
      ),
    ),
    ...(usesApiServer
      ? relianceOn(apiServer, 'cluster', inConfig(subject, ['cluster', 'apiServerAddresses'], 'cluster'))
      : []),
    ...nodeReliances(subject),
    ...registryReliances(subject),
    ...relianceOn('metrics-server', 'cluster', resourceScaler(subject)),
  ]
}

/** Nodes and node properties that the pods require. */
function nodeReliances(subject: Subject): Reliance[] {
  const { postgres, sandbox } = subject.environment
  const database = subject.objects.find(
    ({ kind, object }) =>
      kind === 'Cluster' && textAt(object, 'spec', 'affinity', 'podAntiAffinityType') === 'required',
  )
  const separate = postgres.kind === 'cnpg' && postgres.instances > 1 ? postgres.instances : 0
  const path = ['spec', 'podTemplate', 'spec', 'runtimeClassName']
  return [
    ...(database && separate > 0
      ? relianceOn(
          `${separate} nodes, one for each instance of the database`,
          'cluster',
          inObject(subject, database, ['spec', 'affinity', 'podAntiAffinityType'], 'podAntiAffinityType is required'),
        )
      : []),
    ...(sandbox.kind === 'agent-sandbox' && sandbox.runtimeClass !== undefined
      ? relianceOn(`RuntimeClass ${sandbox.runtimeClass}`, 'cluster', inFirst(subject, 'SandboxTemplate', path))
      : []),
    ...selectedNodes(subject),
    ...fieldReliances(subject, 'priorityClassName', (name) => `PriorityClass ${name}`),
  ]
}

/** Nodes with the labels and taints that the field `scheduling` of a component names. */
function selectedNodes(subject: Subject): Reliance[] {
  return (['agent', 'postgres', 'redis'] as const).flatMap((component) => {
    const part = subject.environment[component]
    if (!('scheduling' in part)) return []
    const { nodeSelector, tolerations } = part.scheduling
    const labels = Object.entries(nodeSelector).map(([key, value]) => `${key}=${value}`)
    if (labels.length === 0) return []
    const taints = tolerations.map(({ key }) => key).join(', ')
    return relianceOn(
      `Nodes with the labels ${labels.join(', ')}${taints ? `, and without taints other than ${taints}` : ''}, for ${component}`,
      'cluster',
      inConfig(subject, [component, 'scheduling'], `${component}.scheduling`),
    )
  })
}

/** One reliance for each value that a text field of any object has, at any depth. */
function fieldReliances(subject: Subject, field: string, what: (value: string) => string): Reliance[] {
  const found = new Map<string, Evidence>()
  for (const rendered of subject.objects)
    for (const [record, path] of recordsIn(rendered.object)) {
      const value = textAt(record, field)
      if (value !== undefined && !found.has(value))
        found.set(value, inObject(subject, rendered, [...steps(path), field], field))
    }
  return [...found].flatMap(([value, evidence]) => relianceOn(what(value), 'cluster', evidence))
}

/** Registries of all images, from which the nodes must be able to pull. */
function registryReliances(subject: Subject): Reliance[] {
  const registries = new Map<string, { readonly evidence: Evidence; readonly withSecret: boolean }>()
  for (const rendered of subject.objects) {
    const withSecret = recordsIn(rendered.object).some(([record]) => listAt(record, 'imagePullSecrets').length > 0)
    for (const [record, path] of recordsIn(rendered.object)) {
      for (const field of ['image', 'imageName']) {
        const image = textAt(record, field)
        if (image?.includes('@sha256:') !== true || registries.has(registryOf(image))) continue
        registries.set(registryOf(image), {
          evidence: inObject(subject, rendered, [...steps(path), field], 'an image'),
          withSecret,
        })
      }
    }
  }
  return [...registries].flatMap(([registry, { evidence, withSecret }]) => {
    const how = withSecret ? 'with the imagePullSecrets of the pods' : 'without imagePullSecrets'
    return relianceOn(`Registry ${registry}, from which the nodes pull images ${how}`, 'outside', evidence)
  })
}

/** Registry of an image's name. Without a host it is Docker Hub. */
function registryOf(image: string): string {
  const [first = ''] = image.split('/')
  return /[.:]/.test(first) && image.includes('/') ? first : 'docker.io'
}

/** Steps of a path such as `spec.containers[0]`, as keys and list indices. */
const steps = (path: string): (string | number)[] =>
  path
    .split(/[.[\]]/)
    .filter((step) => step !== '')
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step))

function resourceScaler(subject: Subject): Evidence | undefined {
  const scalers = subject.objects.filter(
    ({ kind, object }) =>
      kind === 'HorizontalPodAutoscaler' &&
      listAt(object, 'spec', 'metrics').some((metric) => textAt(metric, 'type') === 'Resource'),
  )
  const [rendered] = scalers
  return rendered && inObject(subject, rendered, ['spec', 'metrics'], countText(scalers, rendered.kind))
}

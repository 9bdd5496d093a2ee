import type { RenderedObject } from '@hadal/charts/rendered-object'
import type { Environment } from '@hadal/platform/environment'
import { argocdNames } from '@hadal/platform/names'
import type { Subject } from '../checklist-item.ts'
import { inConfig, inObject } from '../evidence.ts'
import { countText, inFirst, type Reliance, relianceOn } from './reliance.ts'

/** API group of sandboxes. The Pulumi stack does not install its controller, even with `operators: 'managed'`. */
const sandboxGroup = 'extensions.agents.x-k8s.io'

/** Names of the operators, by the API group of their objects. */
const operatorTitles = ({ cluster: { operatorNamespaces } }: Environment): Readonly<Record<string, string>> => ({
  'postgresql.cnpg.io': `CloudNativePG in namespace ${operatorNamespaces.cloudNativePg}`,
  'barmancloud.cnpg.io': "CloudNativePG's barman-cloud plugin",
  'external-secrets.io': 'external-secrets',
  'cert-manager.io': 'cert-manager',
  'keda.sh': 'KEDA',
  'redis.redis.opstreelabs.in': `redis-operator (OT-CONTAINER-KIT) in namespace ${operatorNamespaces.redisOperator}, with its gate GenerateConfigInInitContainer`,
  'argoproj.io': 'Argo CD',
  [sandboxGroup]: 'agent-sandbox (kubernetes-sigs) with its extensions',
})
/** API groups of Kubernetes itself. Every other group belongs to an operator. */
const kubernetesOwn = /^[^.]*$|\.k8s\.io$/
const monitoring = 'monitoring.coreos.com'

/** What an environment needs to be delivered: Git, Argo CD with its settings, the Pulumi stack's objects, and the operators. */
export function deliveryReliances(subject: Subject): Reliance[] {
  const { environment, objects } = subject
  const { cluster, name, namespace, repository } = environment
  const by = cluster.operators === 'managed' ? 'stack' : 'cluster'
  const application = (path: readonly (string | number)[]) => inFirst(subject, 'Application', path)
  const ofOperators = operatorsOf(environment, objects).flatMap(({ group, title }) => {
    const rendered = objects.find((object) => groupOf(object) === group)
    if (!rendered) return []
    const where = group === 'argoproj.io' ? ` in namespace ${cluster.argocdNamespace}` : ''
    const evidence = inObject(subject, rendered, ['apiVersion'], countText(objects, rendered.kind))
    return relianceOn(`${title}${where}`, group === sandboxGroup ? 'cluster' : by, evidence)
  })
  const ofCluster =
    cluster.server === 'https://kubernetes.default.svc'
      ? []
      : relianceOn(`Cluster ${cluster.server}, registered in Argo CD`, 'cluster', application(['spec', 'destination']))
  return [
    ...ofOperators,
    ...relianceOn(
      "Hadal's health checks in Argo CD's ConfigMap argocd-cm (hadal argocd settings prints them; --check shows drift)",
      by,
      application(['metadata', 'annotations']),
    ),
    ...ofCluster,
    ...relianceOn(
      `Git repository ${repository.url} at revision ${repository.revision}, which Argo CD can read`,
      'outside',
      inConfig(subject, ['repository', 'url'], 'repository'),
    ),
    ...relianceOn(
      `Namespace ${namespace} and the root Application ${argocdNames.root({ name })}`,
      'stack',
      application(['spec', 'destination']),
    ),
  ]
}

const groupOf = ({ object }: RenderedObject): string =>
  object.apiVersion.includes('/') ? object.apiVersion.slice(0, object.apiVersion.indexOf('/')) : ''

function operatorsOf(
  environment: Environment,
  objects: readonly RenderedObject[],
): { readonly group: string; readonly title: string }[] {
  const groups = [...new Set(objects.map(groupOf))].filter(
    (group) => !kubernetesOwn.test(group) && group !== monitoring,
  )
  const titles = operatorTitles(environment)
  return groups.sort().map((group) => ({ group, title: titles[group] ?? `The operator of ${group}` }))
}

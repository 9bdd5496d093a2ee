import type { JsonRecord, RenderedObject } from '../../rendered-object.ts'
import type { Finding } from '../manifest-problem.ts'
import { at, textAt } from '../read-json.ts'
import { type Rule, title } from '../subject.ts'

/**
 * Rule: no object has two owners. An operator rewrites the objects that it creates, and Argo CD overwrites every conflicting field silently,
 * so they would undo each other's changes endlessly, as two operators would.
 */
export const owners: Rule = ({ objects }) => {
  const first = new Map<string, RenderedObject>(
    objects.map((rendered) => [key(rendered.kind, rendered.name), rendered]),
  )
  return objects.flatMap((maker) =>
    madeByItsOperator(maker).flatMap(({ kind, name, field }): Finding[] => {
      const owner = first.get(key(kind, name))
      first.set(key(kind, name), owner ?? maker)
      if (!owner || owner === maker) return []
      const problem = `${kind} ${name} has two owners: the operator of this object and ${owner.kind === kind ? owner.path : title(owner)}.`
      return [{ rendered: maker, field, problem, mend: 'Rename one of them, or render it in one place only.' }]
    }),
  )
}

const key = (kind: string, name: string): string => `${kind}/${name}`

interface Made {
  readonly kind: string
  readonly name: string
  /** Field of the operator's custom resource that requests the object. */
  readonly field: string
}

function madeByItsOperator({ kind, name, object }: RenderedObject): Made[] {
  const secret = (field: string, of: string | undefined): Made[] =>
    of === undefined ? [] : [{ kind: 'Secret', name: of, field }]
  const all = (made: string, names: readonly string[], field = ''): Made[] =>
    names.map((of) => ({ kind: made, name: of, field }))
  switch (kind) {
    case 'ExternalSecret':
      return secret('spec.target.name', textAt(object, 'spec', 'target', 'name') ?? name)
    case 'Certificate':
      return secret('spec.secretName', textAt(object, 'spec', 'secretName'))
    case 'ScaledObject': {
      const path = ['advanced', 'horizontalPodAutoscalerConfig', 'name']
      const scaler = textAt(object, 'spec', ...path) ?? `keda-hpa-${name}`
      return [{ kind: 'HorizontalPodAutoscaler', name: scaler, field: `spec.${path.join('.')}` }]
    }
    case 'Cluster':
      return [
        ...all(
          'Secret',
          ['ca', 'server', 'replication'].map((suffix) => `${name}-${suffix}`),
        ),
        ...all(
          'Service',
          ['rw', 'ro', 'r'].map((suffix) => `${name}-${suffix}`),
        ),
        ...all('ServiceAccount', [name]),
        ...(at(object, 'spec', 'enablePDB') === false
          ? []
          : all('PodDisruptionBudget', [name, `${name}-primary`], 'spec.enablePDB')),
      ]
    case 'Pooler':
      return [...all('Deployment', [name]), ...all('Service', [name]), ...all('ServiceAccount', [name])]
    case 'RedisCluster':
      return ['leader', 'follower'].flatMap((role) => redisNodes(object, `${name}-${role}`))
    default:
      return []
  }
}

function redisNodes(object: JsonRecord, nodes: string): Made[] {
  const budget = at(object, 'spec', nodes.endsWith('leader') ? 'redisLeader' : 'redisFollower', 'pdb', 'enabled')
  const services = [nodes, `${nodes}-headless`, `${nodes}-additional`]
  return [
    { kind: 'StatefulSet', name: nodes, field: '' },
    ...services.map((name) => ({ kind: 'Service', name, field: '' })),
    ...(budget === true ? [{ kind: 'PodDisruptionBudget', name: nodes, field: '' }] : []),
  ]
}

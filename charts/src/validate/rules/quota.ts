import type { PodCount, ScaleOut } from '@hadal/platform/largest-scale-out'
import { cpuMillis, cpuText, memoryBytes, memoryText } from '@hadal/platform/quantity'
import type { Json } from '../../rendered-object.ts'
import type { Finding } from '../manifest-problem.ts'
import { type Pod, podsOf } from '../pods.ts'
import { at, listAt, textAt } from '../read-json.ts'
import { ofKind, type Rule, type Subject, title } from '../subject.ts'

const component = 'app.kubernetes.io/component'

/**
 * The quota allows the largest scale-out, which counts the rendered containers: a sidecar that is not counted would
 * stop a rollout under load.
 *
 * @param scaleOut the containers that platform counted
 */
export const quota =
  (scaleOut: ScaleOut): Rule =>
  (subject) => [...counted(subject, scaleOut), ...admitted(subject, scaleOut)]

interface Container {
  readonly cpu: number
  readonly memory: number
}

/** Resources of containers for an error, sorted, since their order does not matter. */
const text = (containers: readonly Container[]): string =>
  containers
    .map(({ cpu, memory }) => `${cpuText(cpu)} and ${memoryText(memory)}`)
    .toSorted()
    .join(', ') || 'nothing'

function counted(subject: Subject, { parts }: ScaleOut): Finding[] {
  return podsOf(subject).flatMap((pod): Finding[] => {
    const part = parts.find((it) => it.part === partOf(pod))
    const finding = (problem: string): Finding[] => [
      { rendered: pod.maker, field: '', problem, mend: 'Count it in packages/platform/src/largest-scale-out.ts.' },
    ]
    if (!part) return finding(`The quota does not count the pods of ${title(pod.maker)}.`)
    return (['requests', 'limits'] as const).flatMap((kind) => {
      const [rendered, wanted] = [text(taken(pod, kind, part)), text(countedOf(part, kind))]
      if (rendered === wanted) return []
      return finding(`A pod of ${title(pod.maker)} has ${kind} of ${rendered}; the quota counts ${wanted}.`)
    })
  })
}

/** The part of a pod. The database's operator sets its own component label, so its pods are known by their kind. */
function partOf({ maker, labels }: Pod): string | undefined {
  if (maker.kind === 'Cluster') return 'database'
  return maker.kind === 'Pooler' ? 'pooler' : labels[component]
}

function countedOf({ containers }: PodCount, kind: 'requests' | 'limits'): Container[] {
  return containers.map(({ [kind]: amounts }) => ({
    cpu: cpuMillis(amounts.cpu),
    memory: memoryBytes(amounts.memory),
  }))
}

function taken(pod: Pod, kind: 'requests' | 'limits', part: PodCount): Container[] {
  const { kind: maker, object } = pod.maker
  const resources: readonly (Json | undefined)[] =
    maker === 'Cluster'
      ? [at(object, 'spec', 'resources'), ...sidecars(part)]
      : maker === 'RedisCluster'
        ? [at(object, 'spec', 'kubernetesConfig', 'resources'), at(object, 'spec', 'redisExporter', 'resources')]
        : listAt(maker === 'Pooler' ? at(object, 'spec', 'template', 'spec') : pod.spec, 'containers').map((it) =>
            at(it, 'resources'),
          )
  return resources.map((it) => ({
    cpu: amount(cpuMillis, textAt(it, kind, 'cpu')),
    memory: amount(memoryBytes, textAt(it, kind, 'memory')),
  }))
}

/** Resources of the backup plugin's sidecar, which the ObjectStore sets: the counted containers after the first. */
const sidecars = ({ containers }: PodCount): Json[] =>
  containers.slice(1).map(({ requests, limits }) => ({ requests: { ...requests }, limits: { ...limits } }))

/** A quantity as a number; 0 if it is absent, since the namespace's defaults are not counted. */
const amount = (of: (text: string) => number, said: string | undefined): number => (said === undefined ? 0 : of(said))

function admitted(subject: Subject, { requests, limits, pods }: ScaleOut): Finding[] {
  const [rendered] = ofKind(subject, 'ResourceQuota')
  const [anything] = subject.objects
  if (!rendered) {
    const problem = 'The namespace has no ResourceQuota.'
    return anything ? [{ rendered: anything, field: '', problem, mend: 'Render a ResourceQuota.' }] : []
  }
  const hard = (name: string): string | undefined => textAt(rendered.object, 'spec', 'hard', name)
  const least: [name: string, has: number, needs: number, shown: string][] = [
    ...[['requests', requests] as const, ['limits', limits] as const].flatMap(([kind, needed]) => [
      [`${kind}.cpu`, amount(cpuMillis, hard(`${kind}.cpu`)), needed.cpuMillis, cpuText(needed.cpuMillis)] satisfies [
        string,
        number,
        number,
        string,
      ],
      [
        `${kind}.memory`,
        amount(memoryBytes, hard(`${kind}.memory`)),
        needed.memoryBytes,
        memoryText(needed.memoryBytes),
      ] satisfies [string, number, number, string],
    ]),
    ['pods', Number(hard('pods') ?? 0), pods, String(pods)],
  ]
  return least
    .filter(([, has, needs]) => has < needs)
    .map(([name, , , shown]) => ({
      rendered,
      field: `spec.hard["${name}"]`,
      problem: `${hard(name) ?? 'Nothing'} is less than the largest scale-out needs.`,
      mend: `Set at least ${shown}.`,
    }))
}

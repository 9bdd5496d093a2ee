import type { PodCount, ScaleOut } from '@hadal/platform/largest-scale-out'
import { cpuMillis, cpuText, memoryBytes, memoryText } from '@hadal/platform/quantity'
import { Cpu, Memory } from '@hadal/platform/schema/scalars'
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

/** An amount as a number, or the quantity itself if it has a form that the quota does not count. Undefined if it is missing. */
type CountedAmount = number | string | undefined

/** Amount of CPU in thousandths of a core, and of memory in bytes. */
interface Container {
  readonly cpu: CountedAmount
  readonly memory: CountedAmount
}

const amountText = (amount: CountedAmount, text: (amount: number) => string): string =>
  typeof amount === 'number' ? text(amount) : String(amount)

const shown = ({ cpu, memory }: Container): string =>
  `${amountText(cpu, cpuText)} and ${amountText(memory, memoryText)}`

/** Resources of containers for an error, sorted, since their order does not matter. */
const text = (containers: readonly Container[]): string => containers.map(shown).toSorted().join(', ') || 'nothing'

function counted(subject: Subject, { parts }: ScaleOut): Finding[] {
  return podsOf(subject).flatMap((pod): Finding[] => {
    const part = parts.find((it) => it.part === partOf(pod))
    const finding = (problem: string, mend = 'Count it in packages/platform/src/largest-scale-out.ts.'): Finding[] => [
      { rendered: pod.maker, field: '', problem, mend },
    ]
    if (!part) return finding(`The quota does not count the pods of ${title(pod.maker)}.`)
    return (['requests', 'limits'] as const).flatMap((kind) => {
      const [rendered, wanted] = [taken(pod, kind, part), countedOf(part, kind)]
      if (text(rendered) !== text(wanted)) {
        const problem = `A pod of ${title(pod.maker)} has ${kind} of ${text(rendered)}; the quota counts ${text(wanted)}.`
        return finding(problem, mendOf(rendered))
      }
      return initialisations(pod, kind)
        .filter(({ amounts }) => exceeds(amounts, wanted))
        .flatMap(({ name, amounts }) =>
          finding(
            `Init container "${name}" of ${title(pod.maker)} and the sidecars before it have ${kind} of ${text(amounts)}; the quota counts ${text(wanted)} in all.`,
            mendOf(amounts, 'Lower them, or count them in packages/platform/src/largest-scale-out.ts.'),
          ),
        )
    })
  })
}

function mendOf(
  rendered: readonly Container[],
  mend = 'Count it in packages/platform/src/largest-scale-out.ts, or remove it there.',
): string {
  const amounts = rendered.flatMap(({ cpu, memory }) => [cpu, memory])
  // cdk8s-plus-28 serializes only `k8s.Quantity`: a plain string becomes undefined.
  if (amounts.includes(undefined)) return `Write each amount as k8s.Quantity.fromString('100m'). ${mend}`
  const isUnknown = amounts.some((amount) => typeof amount === 'string')
  return isUnknown ? `Write cpu as 100m or 1.5, and memory as 64Mi or 2Gi. ${mend}` : mend
}

/** Part that a pod belongs to. CloudNativePG and cert-manager set labels of their own, so their pods are recognised by the kind of their owner. */
function partOf({ maker, labels }: Pod): string | undefined {
  if (maker.kind === 'Cluster') return 'database'
  if (maker.kind === 'Certificate') return 'acmeSolver'
  return maker.kind === 'Pooler' ? 'pooler' : labels[component]
}

function countedOf({ containers }: PodCount, kind: 'requests' | 'limits'): Container[] {
  return containers.map(({ [kind]: amounts }) => ({
    cpu: cpuMillis(amounts.cpu),
    memory: memoryBytes(amounts.memory),
  }))
}

/** The containers that run for the whole life of a pod: Kubernetes adds up their resources. */
function taken(pod: Pod, kind: 'requests' | 'limits', part: PodCount): Container[] {
  const { kind: maker, object } = pod.maker
  // cert-manager itself sets the resources.
  if (maker === 'Certificate') return countedOf(part, kind)
  if (maker === 'Cluster') return [at(object, 'spec', 'resources'), ...sidecars(part)].map((it) => amountsOf(it, kind))
  if (maker === 'RedisCluster')
    return ['kubernetesConfig', 'redisExporter'].map((it) => amountsOf(at(object, 'spec', it, 'resources'), kind))
  const spec = specOf(pod)
  return [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers').filter(isSidecar)].map((it) =>
    amountsOf(at(it, 'resources'), kind),
  )
}

const specOf = ({ maker, spec }: Pod): Json | undefined =>
  maker.kind === 'Pooler' ? at(maker.object, 'spec', 'template', 'spec') : spec

/** Whether an init container is a native sidecar, which runs beside the other containers until the pod ends. */
const isSidecar = (container: Json): boolean => textAt(container, 'restartPolicy') === 'Always'

const amountsOf = (resources: Json | undefined, kind: 'requests' | 'limits'): Container => {
  const [cpu, memory] = [at(resources, kind, 'cpu'), at(resources, kind, 'memory')]
  return {
    cpu: countedAmount(typeof cpu === 'number' ? String(cpu) : cpu, Cpu, cpuMillis),
    // A number is an amount in bytes.
    memory: typeof memory === 'number' ? memory : countedAmount(memory, Memory, memoryBytes),
  }
}

function countedAmount(
  value: Json | undefined,
  form: typeof Cpu | typeof Memory,
  of: (text: string) => number,
): CountedAmount {
  if (typeof value !== 'string') return undefined
  return form.safeParse(value).success ? of(value) : value
}

/** Each init container that ends, and the sidecars that already run beside it: Kubernetes takes the maximum of all such sums. */
function initialisations(
  pod: Pod,
  kind: 'requests' | 'limits',
): { readonly name: string; readonly amounts: readonly Container[] }[] {
  const init = listAt(specOf(pod), 'initContainers')
  return init.flatMap((container, index) =>
    isSidecar(container)
      ? []
      : [
          {
            name: textAt(container, 'name') ?? '',
            amounts: [...init.slice(0, index).filter(isSidecar), container].map((it) =>
              amountsOf(at(it, 'resources'), kind),
            ),
          },
        ],
  )
}

/** Whether amounts are more than the counted ones, or can't be compared with them. */
const exceeds = (amounts: readonly Container[], counted: readonly Container[]): boolean =>
  (['cpu', 'memory'] as const).some(
    (name) => amounts.some((it) => typeof it[name] === 'string') || sumOf(amounts, name) > sumOf(counted, name),
  )

const sumOf = (containers: readonly Container[], name: 'cpu' | 'memory'): number =>
  containers.reduce((sum, { [name]: amount }) => sum + (typeof amount === 'number' ? amount : 0), 0)

/** Resources of the backup plugin's sidecar, which the ObjectStore sets: the counted containers after the first. */
const sidecars = ({ containers }: PodCount): Json[] =>
  containers.slice(1).map(({ requests, limits }) => ({ requests: { ...requests }, limits: { ...limits } }))

/** An amount of the quota as a number; 0 if it is absent. */
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

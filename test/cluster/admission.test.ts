import { renderEnvironment } from '@hadal/charts/render-environment'
import type { Environment } from '@hadal/platform/environment'
import { beforeAll, describe, expect, test } from 'vitest'
import { type KubernetesObject, Refused } from './ground/cluster.ts'
import { connect, deployed } from './ground/deployed.ts'
import { waitUntil } from './ground/wait-until.ts'

const ground = connect()
const { cluster, repository } = ground
const environments = await repository.environments()
const failures = new Map<string, unknown>()
beforeAll(async () => {
  // Errors are kept for the tests that need running pods. Admission of a pod needs only its namespace.
  for (const { name } of environments) await deployed(ground, name).catch((error: unknown) => failures.set(name, error))
}, 400_000)

interface PodTemplate {
  readonly metadata: object
  readonly spec: PodSpec
}
interface Workload extends KubernetesObject {
  readonly template: PodTemplate
}
interface PodSpec {
  readonly containers: readonly object[]
  readonly securityContext?: object
}

/** Rendered objects of an environment whose controllers create pods. Pods that operators create are not included. */
const workloads = (environment: Environment): Workload[] =>
  renderEnvironment(environment)
    .filter(({ kind }) => ['Deployment', 'StatefulSet', 'Job', 'CronJob'].includes(kind))
    .map(({ object }) => {
      const { spec, ...rest } = object as unknown as KubernetesObject & {
        readonly spec: {
          readonly template?: PodTemplate
          readonly jobTemplate?: { readonly spec: { readonly template: PodTemplate } }
        }
      }
      const template = spec.template ?? spec.jobTemplate?.spec.template
      if (!template) throw new Error(`${rest.kind} ${rest.metadata.name} has no pod template.`)
      return { ...rest, template }
    })

const pod = ({ template }: Workload, change: (spec: PodSpec) => PodSpec = (spec) => spec): KubernetesObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...template.metadata, generateName: 'try-' },
    spec: { restartPolicy: 'Never', ...change(template.spec) },
  }) as unknown as KubernetesObject

const admit = (environment: Environment, object: KubernetesObject) =>
  cluster.request('POST', `/api/v1/namespaces/${environment.namespace}/pods?dryRun=All`, object)

describe.each(environments)('the namespace of $name', (environment) => {
  test.each(workloads(environment).map((workload) => [workload.kind, workload.metadata.name, workload] as const))(
    'admits the pod of %s %s under PodSecurity "restricted"',
    async (_kind, _name, workload) => {
      await expect(admit(environment, pod(workload))).resolves.toBeDefined()
    },
  )

  const [first] = workloads(environment)
  if (!first) throw new Error(`${environment.name} makes no pods.`)
  test.each<[string, (spec: PodSpec) => PodSpec, string]>([
    [
      'has a privileged container',
      (spec) => inContainers(spec, { privileged: true, allowPrivilegeEscalation: true }),
      'privileged',
    ],
    ['may run as root', (spec) => ({ ...spec, securityContext: {} }), 'runAsNonRoot'],
    ['keeps its capabilities', (spec) => inContainers(spec, { capabilities: {} }), 'unrestricted capabilities'],
    ['shares the network of its node', (spec) => ({ ...spec, hostNetwork: true }), 'host namespaces'],
  ])('refuses the same pod where it %s', async (_, change, reason) => {
    const refusal = await admit(environment, pod(first, change)).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Refused)
    expect(String(refusal)).toContain('violates PodSecurity "restricted')
    expect(String(refusal)).toContain(reason)
  })

  test('has the pods of each Deployment and StatefulSet, ready, made by its controllers', async () => {
    if (failures.has(environment.name)) throw failures.get(environment.name)
    for (const { kind, metadata } of workloads(environment).filter(
      ({ kind }) => kind !== 'Job' && kind !== 'CronJob',
    )) {
      // An autoscaler may be adding or removing a pod at this moment.
      await waitUntil(`all pods of ${kind} ${metadata.name} to be ready`, async () => {
        const { status } = (await cluster.get<Scaled>(`apps/v1/${kind}`, metadata.name, environment.namespace)) ?? {}
        const { replicas = 0, readyReplicas = 0 } = status ?? {}
        return replicas > 0 && readyReplicas === replicas
      })
    }
  })

  test('has, of each Service of ours, the ready pods behind it', async () => {
    if (failures.has(environment.name)) throw failures.get(environment.name)
    const services = renderEnvironment(environment).filter(({ kind }) => kind === 'Service')
    for (const { name } of services) {
      await waitUntil(`the Service ${name} to have ready endpoints and ports`, async () => {
        const slices = await cluster.list<Slice>(
          'discovery.k8s.io/v1/EndpointSlice',
          environment.namespace,
          `kubernetes.io/service-name=${name}`,
        )
        const ready = slices.flatMap(({ endpoints }) => endpoints ?? []).filter(({ conditions }) => conditions?.ready)
        return ready.length > 0 && slices.some(({ ports = [] }) => ports.length > 0)
      })
    }
  })
})

interface Scaled extends KubernetesObject {
  readonly status?: { readonly replicas?: number; readonly readyReplicas?: number }
}
interface Slice extends KubernetesObject {
  readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[]
  readonly ports?: readonly object[]
}

const inContainers = (spec: PodSpec, securityContext: object): PodSpec => ({
  ...spec,
  containers: spec.containers.map((container) => ({
    ...container,
    securityContext: {
      ...('securityContext' in container ? (container.securityContext as object) : {}),
      ...securityContext,
    },
  })),
})

import type { Environment } from '@hadal/platform/environment'
import { largestScaleOut } from '@hadal/platform/largest-scale-out'
import { agentNames } from '@hadal/platform/names'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type KubernetesObject, Refused } from './ground/cluster.ts'
import { connect, deployed, merge } from './ground/deployed.ts'
import { holds, isDraining, isReady, podsOf } from './ground/pods.ts'
import { waitUntil } from './ground/wait-until.ts'

const ground = connect()
const { cluster, repository } = ground
let prod: Environment
beforeAll(async () => {
  prod = await deployed(ground, 'prod')
})
afterAll(async () => {
  for (const part of parts)
    for (const { metadata } of await podsOf(cluster, prod.namespace, part)) await hold(metadata.name, null)
  await deployed(ground, 'prod')
})

const parts = ['server', 'worker'] as const
const deployments = { server: agentNames.server, worker: agentNames.worker } as const

test('the quota of prod admits its largest scale-out while every pod of the version before still drains', async () => {
  // The minimum equals the maximum, as if the autoscaler requested the maximum.
  const atMost = <T extends { autoscaling: Environment['agent'] extends never ? never : object }>(workload: T): T =>
    'max' in workload.autoscaling
      ? { ...workload, autoscaling: { ...workload.autoscaling, min: workload.autoscaling.max } }
      : workload
  if (prod.agent.topology !== 'split') throw new Error('prod is not split.')
  const { api, worker } = prod.agent
  repository.writeManifests({ ...prod, agent: { ...prod.agent, api: atMost(api), worker: atMost(worker) } })
  await merge(ground, prod, 'As many pods as may be')
  // The autoscalers act some seconds after the sync.
  await waitUntil('both autoscalers to want ten pods', async () => {
    const wanted = await Promise.all(parts.map(replicas))
    return wanted.every((count) => count === 10)
  })
  await waitUntil('all of them to be ready', async () => (await readyPods()) === 20)

  for (const part of parts)
    for (const { metadata } of await podsOf(cluster, prod.namespace, part)) await hold(metadata.name, 'yes')
  for (const part of parts) await rollOut(deployments[part])
  await waitUntil(
    'all pods of the new version to be ready, and all of the old to drain',
    async () => (await readyPods()) === 20 && (await drainingPods()) === 20,
    {
      within: 90,
      state: async () => ({ ready: await readyPods(), draining: await drainingPods(), events: await refusals() }),
    },
  )
  expect(await refusals()).toEqual([])

  const used = await quotaStatus()
  const most = largestScaleOut(prod)
  expect(Number(used.used.pods)).toBeGreaterThanOrEqual(40)
  expect(Number(used.used.pods)).toBeLessThanOrEqual(most.pods)
})

test('the quota of prod refuses what is beyond it, with the amount in its sentence', async () => {
  const { hard, used } = await quotaStatus()
  const left = Number(hard.pods) - Number(used.pods)
  const refusal = await cluster.create(tooLarge()).catch((error: unknown) => error)
  expect(left).toBeGreaterThanOrEqual(0)
  expect(refusal).toBeInstanceOf(Refused)
  expect(String(refusal)).toMatch(/exceeded quota: .*requested: .*requests\.cpu=32/)
})

test('a container that says nothing of what it takes gets the defaults, so that the quota can count it', async () => {
  const admitted = await cluster.request<PodWithResources>(
    'POST',
    `/api/v1/namespaces/${prod.namespace}/pods?dryRun=All`,
    pod('without-resources', {}),
  )
  expect(admitted.spec.containers[0]?.resources).toMatchObject({
    requests: { cpu: expect.any(String), memory: expect.any(String) },
    limits: { cpu: expect.any(String), memory: expect.any(String) },
  })
})

interface PodWithResources extends KubernetesObject {
  readonly spec: { readonly containers: readonly { readonly resources?: object }[] }
}

const tooLarge = () =>
  pod('too-large', { requests: { cpu: '32', memory: '1Gi' }, limits: { cpu: '32', memory: '1Gi' } })

const pod = (name: string, resources: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: prod.namespace },
  spec: {
    securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name,
        image: 'simulated/image',
        resources,
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ],
  },
})

interface Deployment extends KubernetesObject {
  readonly spec: { readonly replicas?: number }
}
const replicas = async (part: (typeof parts)[number]) =>
  (await cluster.get<Deployment>('apps/v1/Deployment', deployments[part], prod.namespace))?.spec.replicas

const count = async (matches: typeof isReady): Promise<number> => {
  const pods = await Promise.all(parts.map((part) => podsOf(cluster, prod.namespace, part)))
  return pods.flat().filter(matches).length
}
const readyPods = () => count(isReady)
const drainingPods = () => count(isDraining)

const hold = (name: string, value: 'yes' | null) =>
  cluster.patch('v1/Pod', name, prod.namespace, { metadata: { annotations: { [holds]: value } } })

/** Restarts the pods of a Deployment, as `kubectl rollout restart` does. */
const rollOut = (name: string) =>
  cluster.patch('apps/v1/Deployment', name, prod.namespace, {
    spec: {
      template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() } } },
    },
  })

interface Quota extends KubernetesObject {
  readonly status: { readonly hard: Record<string, string>; readonly used: Record<string, string> }
}
async function quotaStatus(): Promise<Quota['status']> {
  const quota = await cluster.get<Quota>('v1/ResourceQuota', agentNames.quota, prod.namespace)
  if (!quota) throw new Error('prod has no quota.')
  return quota.status
}

/** Returns the messages of the events for pods that controllers could not create. */
async function refusals(): Promise<string[]> {
  const events = await cluster.list<KubernetesObject & { reason?: string; message?: string }>(
    'v1/Event',
    prod.namespace,
  )
  return events.filter(({ reason }) => reason === 'FailedCreate').map(({ message }) => message ?? '')
}

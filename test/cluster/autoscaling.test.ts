import type { Environment } from '@hadal/platform/environment'
import { agentNames } from '@hadal/platform/names'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applicationsOf, waitForSync } from './ground/applications.ts'
import type { KubernetesObject } from './ground/cluster.ts'
import { connect, deployed, merge } from './ground/deployed.ts'
import { loadConfigMap } from './ground/metrics-server.ts'
import { waitUntil } from './ground/wait-until.ts'

const ground = connect()
const { cluster, repository } = ground
let prod: Environment
beforeAll(async () => {
  prod = await deployed(ground, 'prod')
})
afterAll(async () => {
  await deployed(ground, 'prod')
})

test("prod's own autoscaler acts as its fields say: at once when it grows, one pod a minute after a quarter of an hour when it shrinks", async () => {
  const scaler = await cluster.get<Scaler>(
    'autoscaling/v2/HorizontalPodAutoscaler',
    agentNames.serverScaler,
    prod.namespace,
  )
  expect(scaler?.spec).toMatchObject({
    scaleTargetRef: { kind: 'Deployment', name: agentNames.server },
    minReplicas: 2,
    maxReplicas: 10,
    metrics: [{ resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
    behavior: {
      scaleUp: { stabilizationWindowSeconds: 0 },
      scaleDown: { stabilizationWindowSeconds: 900, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] },
    },
  })
})

test('the API grows from 2 pods to 10 under load and shrinks to 2 after it, and Argo CD leaves it alone', async () => {
  if (prod.agent.topology !== 'split' || prod.agent.api.autoscaling.kind !== 'cpu')
    throw new Error('prod does not scale on CPU.')
  const { api } = prod.agent
  const quick = { ...prod.agent.api.autoscaling, scaleDownWindowSeconds: 1, scaleDownPodsPerMinute: 100 }
  repository.writeManifests({ ...prod, agent: { ...prod.agent, api: { ...api, autoscaling: quick } } })
  const revision = await merge(ground, prod, 'Shrink at once')
  const lastSync = await syncs()

  await setLoad(0)
  await expectReplicas(2)
  // The load of ten pods that are exactly at the target.
  await setLoad(10 * 500 * 0.7)
  // Per minute at most four more pods, or twice as many.
  await expectReplicas(10, 150)
  await waitForSync(cluster, prod, revision)
  await expectReplicas(10)
  await setLoad(0)
  await expectReplicas(2, 90)
  expect(await syncs()).toEqual(lastSync)
})

/** Returns the start time of the newest sync of each Application. */
const syncs = async () =>
  (await applicationsOf(cluster, prod)).map(({ metadata, status }) => [
    metadata.name,
    status?.operationState?.startedAt,
  ])

interface Scaler extends KubernetesObject {
  readonly spec: object
  readonly status?: object
}
interface Deployment extends KubernetesObject {
  readonly spec: { readonly replicas?: number }
  readonly status?: { readonly readyReplicas?: number }
}

/** Sets the CPU use of all API pods together, in thousandths of a core. */
const setLoad = (cpuMillis: number) =>
  cluster.patch(loadConfigMap.kind, loadConfigMap.name, loadConfigMap.namespace, {
    data: { [`${prod.namespace}.server`]: String(cpuMillis) },
  })

const expectReplicas = (wanted: number, within = 60) =>
  waitUntil(
    `the API to have ${wanted} ready pods`,
    async () => {
      const { spec, status } =
        (await cluster.get<Deployment>('apps/v1/Deployment', agentNames.server, prod.namespace)) ?? {}
      return spec?.replicas === wanted && status?.readyReplicas === wanted
    },
    {
      within,
      state: async () =>
        (await cluster.get<Scaler>('autoscaling/v2/HorizontalPodAutoscaler', agentNames.serverScaler, prod.namespace))
          ?.status,
    },
  )

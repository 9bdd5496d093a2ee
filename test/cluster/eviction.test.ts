import { renderEnvironment } from '@hadal/charts/render-environment'
import type { Environment } from '@hadal/platform/environment'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type KubernetesObject, Refused } from './ground/cluster.ts'
import { connect, deployed } from './ground/deployed.ts'
import { isReady, podsOf } from './ground/pods.ts'
import { waitUntil } from './ground/wait-until.ts'

const ground = connect()
const { cluster } = ground
let prod: Environment
beforeAll(async () => {
  prod = await deployed(ground, 'prod')
})
// As a node does that is to be drained: nothing new is put on it, so what is evicted stays away for now.
const cordon = async (unschedulable: boolean) => {
  for (const { metadata } of await cluster.list('v1/Node'))
    await cluster.patch('v1/Node', metadata.name, undefined, { spec: { unschedulable } })
}
afterAll(() => cordon(false))

interface Budget extends KubernetesObject {
  readonly spec: { readonly minAvailable?: number }
  readonly status?: { readonly expectedPods?: number; readonly disruptionsAllowed?: number }
}
const budget = (name: string) => cluster.get<Budget>('policy/v1/PodDisruptionBudget', name, prod.namespace)

describe.each(['server', 'worker'] as const)('draining the nodes of the %s pods', (part) => {
  const name = part === 'server' ? 'deep-agents' : 'deep-agents-worker'

  test('takes one of two, and is refused the other until the first is replaced', async () => {
    const ready = await waitUntil('two ready pods', async () => {
      const pods = (await podsOf(cluster, prod.namespace, part)).filter(isReady)
      const { expectedPods, disruptionsAllowed } = (await budget(name))?.status ?? {}
      return pods.length === 2 && expectedPods === 2 && disruptionsAllowed === 1 && pods
    })
    const [first, second] = ready.map(({ metadata }) => metadata.name)
    if (!first || !second) throw new Error('There are not two pods.')
    await cordon(true)
    await cluster.evict(first, prod.namespace)
    const refusal = await cluster.evict(second, prod.namespace).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Refused)
    expect(refusal).toMatchObject({ code: 429 })
    expect(String(refusal)).toContain("would violate the pod's disruption budget")

    await cordon(false)
    await waitUntil('the first to be replaced, and the other to go', async () => {
      await cluster.evict(second, prod.namespace)
      return true
    })
  })
})

test('every Deployment of more than one pod has a disruption budget that finds its pods', async () => {
  const deployments = renderEnvironment(prod).filter(({ kind }) => kind === 'Deployment')
  for (const deployment of deployments)
    expect((await budget(deployment.name))?.status?.expectedPods, deployment.name).toBeGreaterThan(1)
})

import { renderEnvironment } from '@hadal/charts/render-environment'
import type { Environment } from '@hadal/platform/environment'
import { agentNames } from '@hadal/platform/names'
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
// Cordons a node before its drain: no new pod is scheduled there, so replacements of evicted pods stay pending.
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
  const name = agentNames[part]
  const ready = async () => (await podsOf(cluster, prod.namespace, part)).filter(isReady)

  test('takes all but as many as must stay, and is refused the next until another is there', async () => {
    const minAvailable = (await budget(name))?.spec.minAvailable ?? Number.NaN
    await waitUntil('a budget that allows something', async () => {
      const { expectedPods, disruptionsAllowed = 0 } = (await budget(name))?.status ?? {}
      return (await ready()).length === expectedPods && disruptionsAllowed > 0
    })
    await cordon(true)
    // The autoscaler decides the number of pods, so pods are evicted one after the other until one eviction is refused.
    let evicted = 0
    let next = ''
    let refusal: unknown
    for (const { metadata } of await ready()) {
      next = metadata.name
      refusal = await cluster.evict(next, prod.namespace).catch((error: unknown) => error)
      if (refusal !== undefined) break
      evicted += 1
    }
    expect(evicted).toBeGreaterThan(0)
    expect(refusal).toBeInstanceOf(Refused)
    expect(refusal).toMatchObject({ code: 429 })
    expect(String(refusal)).toContain("would violate the pod's disruption budget")
    expect((await ready()).length).toBeGreaterThanOrEqual(minAvailable)

    await cordon(false)
    await waitUntil('those that went to be replaced, and the next to go', async () => {
      await cluster.evict(next, prod.namespace)
      return true
    })
  })
})

test('every Deployment of more than one pod has a disruption budget that finds its pods', async () => {
  const deployments = renderEnvironment(prod).filter(({ kind }) => kind === 'Deployment')
  // A budget counts the existing pods, and the pods that the tests above evicted are still being replaced.
  for (const { name } of deployments)
    await waitUntil(`the budget of ${name} to find more than one pod`, async () => {
      const { expectedPods = 0 } = (await budget(name))?.status ?? {}
      return expectedPods > 1
    })
})

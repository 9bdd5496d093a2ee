import type { Environment } from '@hadal/platform/environment'
import { agentNames, argocdNames, type Component } from '@hadal/platform/names'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { type Application, applicationKind, endSync, refresh, waitForSync } from './ground/applications.ts'
import { argocdNamespace } from './ground/argo-cd.ts'
import type { KubernetesObject } from './ground/cluster.ts'
import { connect, deployed } from './ground/deployed.ts'
import { imageOf, isReady, podsOf } from './ground/pods.ts'
import { waitUntil } from './ground/wait-until.ts'

const ground = connect()
const { cluster, repository } = ground
let dev: Environment
let serving: unknown
beforeAll(async () => {
  dev = await deployed(ground, 'dev')
  serving = await servingPods()
})
afterEach(async () => {
  for (const component of ['agent', 'redis'] as const) await endSync(cluster, argocdNames.application(dev, component))
  await waitForSync(cluster, dev, repository.restore())
})

const application = async (component: Component) =>
  (await cluster.get<Application>(applicationKind, argocdNames.application(dev, component), argocdNamespace))?.status

test('a manifest that the API server refuses starts no sync, its reason stands in the Application, and everything serves as before', async () => {
  const path = 'environments/dev/manifests/agent/Service.deep-agents.yaml'
  const good = repository.read(path)
  repository.write(path, good.replace('port: 8000', 'port: 800000'))
  await push('A port that there is not')
  await waitUntil('the reason', async () => {
    const { sync, conditions } = (await application('agent')) ?? {}
    return sync?.status === 'Unknown' && conditions?.some(({ message }) => message.includes('Invalid value: 800000'))
  })
  expect(await servingPods()).toEqual(serving)
})

test('a new object that the API server refuses fails the sync with its reason; the commit that takes it back is taken up by itself', async () => {
  const path = 'environments/dev/manifests/redis/Service.second.yaml'
  const metadata = { name: 'second', namespace: dev.namespace }
  repository.write(
    path,
    JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 800000 }] } }),
  )
  await push('One more Service, with a port that there is not', 'redis')
  await waitUntil(
    'the sync to fail',
    async () => {
      const { message, syncResult } = (await application('redis'))?.operationState ?? {}
      const refused = syncResult?.resources?.find(({ name }) => name === 'second')
      return [message, refused?.message].every((said) => said?.includes('Invalid value: 800000'))
    },
    { state: async () => (await application('redis'))?.operationState },
  )
  expect(await servingPods()).toEqual(serving)
  repository.remove(path)
  await waitForSync(cluster, dev, repository.commit('No second Service'), 60)
})

test('an image that never becomes ready takes no pod away that serves', async () => {
  release(`sha256:bad1${'0'.repeat(60)}`)
  await push('An image that does not start')
  await waitUntil('a pod of the new image', async () => (await allPods()).some((pod) => imageOf(pod).includes('bad1')))
  await waitUntil('the Application to say that it is not done', async () => {
    return (await application('agent'))?.health?.status === 'Progressing'
  })
  expect(await servingPods()).toEqual(serving)
})

test('a migration that fails keeps the pods of the version before it', async () => {
  release(`sha256:bad0${'0'.repeat(60)}`)
  await push('A migration that fails')
  await waitUntil('the migration to fail once', async () => {
    const pods = await podsOf(cluster, dev.namespace, 'migrate')
    return pods.some(({ status }) => status?.phase === 'Failed')
  })
  expect(await servingPods()).toEqual(serving)
  expect((await allPods()).map(imageOf).filter((image) => image.includes('bad0'))).toEqual([])
})

async function push(message: string, component: Component = 'agent'): Promise<void> {
  repository.commit(message)
  await refresh(cluster, argocdNames.application(dev, component))
}

function release(digest: string): void {
  repository.writeManifests({ ...dev, release: { ...dev.release, image: { ...dev.release.image, digest } } })
}

const allPods = () => podsOf(cluster, dev.namespace, 'server')

/** Returns the uids of the agent server's ready pods, and the spec of the Service in front of them. */
async function servingPods(): Promise<unknown> {
  const ready = (await allPods()).filter(isReady)
  const service = await cluster.get<KubernetesObject & { spec?: unknown }>(
    'v1/Service',
    agentNames.service,
    dev.namespace,
  )
  return { pods: ready.map(({ metadata }) => metadata.uid), service: service?.spec }
}

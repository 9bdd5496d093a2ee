import type { Environment } from '@hadal/platform/environment'
import { agentNames, argocdNames, redisName } from '@hadal/platform/names'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Application, applicationKind, refresh, waitForSync } from './ground/applications.ts'
import { argocdNamespace } from './ground/argo-cd.ts'
import type { KubernetesObject } from './ground/cluster.ts'
import { connect, deployed, merge } from './ground/deployed.ts'
import { waitUntil } from './ground/wait-until.ts'

const ground = connect()
const { cluster, repository } = ground
let dev: Environment
beforeAll(async () => {
  dev = await deployed(ground, 'dev')
})

interface Live extends KubernetesObject {
  readonly spec?: { readonly replicas?: number }
  readonly data?: Readonly<Record<string, string>>
}
const live = (kind: string, name: string) => cluster.get<Live>(kind, name, dev.namespace)
const manifest = (path: string) => `environments/dev/manifests/${path}`

describe('what a person changes in the cluster', () => {
  test('is set back where it is a number of replicas that no autoscaler owns', async () => {
    const before = await live('apps/v1/Deployment', agentNames.server)
    await cluster.patch('apps/v1/Deployment', agentNames.server, dev.namespace, { spec: { replicas: 4 } }, 'scale')
    await waitUntil(
      'the replicas to be what Git says',
      async () => (await live('apps/v1/Deployment', agentNames.server))?.spec?.replicas === before?.spec?.replicas,
    )
  })

  test('is set back where it is a setting', async () => {
    await cluster.patch('v1/ConfigMap', agentNames.settings, dev.namespace, { data: { LOG_LEVEL: 'debug' } })
    await waitUntil(
      'the setting to be what Git says',
      async () => (await live('v1/ConfigMap', agentNames.settings))?.data?.LOG_LEVEL === dev.agent.logLevel,
    )
  })

  test('is made again where it was an object that is gone', async () => {
    const before = await live('v1/Service', agentNames.service)
    await cluster.delete('v1/Service', agentNames.service, dev.namespace)
    await waitUntil('the Service to be there again', async () => {
      const after = await live('v1/Service', agentNames.service)
      return after !== undefined && after.metadata.uid !== before?.metadata.uid
    })
  })

  test('is set back where it is what an Application may do', async () => {
    const name = argocdNames.application(dev, 'agent')
    const selfHeal = async () =>
      (await cluster.get<SyncPolicy>(applicationKind, name, argocdNamespace))?.spec.syncPolicy
    await cluster.patch(applicationKind, name, argocdNamespace, { spec: { syncPolicy: { automated: null } } })
    await waitUntil(
      'the Application to heal itself again',
      async () => (await selfHeal())?.automated?.selfHeal === true,
    )
  })
})

interface SyncPolicy extends KubernetesObject {
  readonly spec: { readonly syncPolicy?: { readonly automated?: { readonly selfHeal?: boolean } } }
}

describe('what left Git', () => {
  test('is pruned', async () => {
    repository.remove(manifest('redis/Service.redis.yaml'))
    await merge(ground, dev, 'Take the Service away')
    expect(await live('v1/Service', redisName)).toBeUndefined()
    await waitForSync(cluster, dev, repository.restore())
    expect(await live('v1/Service', redisName)).toBeDefined()
  })

  test('stays where it holds data, and its Application says that it waits for a person', async () => {
    const before = await dataOf(dev)
    repository.remove(manifest('postgres/StatefulSet.postgres.yaml'))
    repository.remove(manifest('postgres/PersistentVolumeClaim.postgres-data.yaml'))
    const revision = repository.commit('Take the database away')
    const name = argocdNames.application(dev, 'postgres')
    await refresh(cluster, name)
    await waitUntil('a sync without the database, which leaves its Application OutOfSync', async () => {
      const application = await cluster.get<Application>(applicationKind, name, argocdNamespace)
      const { sync, operationState } = application?.status ?? {}
      return sync?.revision === revision && sync.status === 'OutOfSync' && operationState?.phase === 'Succeeded'
    })
    expect(await dataOf(dev)).toEqual(before)
    await waitForSync(cluster, dev, repository.restore())
  })

  test('stays where it is a whole component, until a person deletes its Application', async () => {
    const name = argocdNames.application(dev, 'redis')
    repository.remove(manifest(`argocd/Application.${name}.yaml`))
    repository.remove(manifest('redis'))
    repository.commit('Take Redis away')
    const root = argocdNames.root(dev)
    await refresh(cluster, root)
    await waitUntil('the root to see that it has one Application too many', async () => {
      const application = await cluster.get<Application>(applicationKind, root, argocdNamespace)
      return application?.status?.sync?.status === 'OutOfSync'
    })
    expect(await live('apps/v1/StatefulSet', redisName)).toBeDefined()

    await cluster.delete(applicationKind, name, argocdNamespace)
    await waitUntil('Redis to be gone', async () => (await live('apps/v1/StatefulSet', redisName)) === undefined)
    await waitForSync(cluster, dev, repository.restore())
  })
})

test('an Application that is deleted leaves its data', async () => {
  const before = await dataOf(dev)
  const name = argocdNames.application(dev, 'postgres')
  const uid = async () => (await cluster.get(applicationKind, name, argocdNamespace))?.metadata.uid
  const was = await uid()
  await cluster.delete(applicationKind, name, argocdNamespace)
  await waitUntil('the root to make the Application again', async () => {
    const is = await uid()
    return is !== undefined && is !== was
  })
  await waitForSync(cluster, dev, repository.head())
  expect(await dataOf(dev)).toEqual(before)
})

/** Returns the uids of the database's StatefulSet, volume claim and pod. A recreated database would have other uids. */
async function dataOf({ namespace }: Environment): Promise<unknown> {
  const [server, claim, pod] = await Promise.all([
    cluster.get('apps/v1/StatefulSet', 'postgres', namespace),
    cluster.get('v1/PersistentVolumeClaim', 'postgres-data', namespace),
    cluster.get('v1/Pod', 'postgres-0', namespace),
  ])
  expect([server, claim, pod]).not.toContain(undefined)
  return [server, claim, pod].map((object) => object?.metadata.uid)
}

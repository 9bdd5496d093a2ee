import type { Environment } from '@hadal/platform/environment'
import { argocdNames, type Component } from '@hadal/platform/names'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Application, applicationKind, endSync, refresh } from './ground/applications.ts'
import { argocdNamespace } from './ground/argo-cd.ts'
import { type KubernetesObject, kindOf } from './ground/cluster.ts'
import { connect, deployed } from './ground/deployed.ts'
import { waitUntil } from './ground/wait-until.ts'

const ground = connect()
const { cluster, repository } = ground
let dev: Environment
beforeAll(async () => {
  dev = await deployed(ground, 'dev')
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: elsewhere } })
})
afterAll(async () => {
  await deployed(ground, 'dev')
  await cluster.delete('v1/Namespace', elsewhere)
})

const elsewhere = 'somebody-elses'
const application = async (component: Component): Promise<Application['status']> =>
  (await cluster.get<Application>(applicationKind, argocdNames.application(dev, component), argocdNamespace))?.status

describe('of what a pull request brings into the folder of Redis, the project', () => {
  const metadata = { name: 'intruder' }
  const rbac = 'rbac.authorization.k8s.io'
  const roleRef = { apiGroup: rbac, kind: 'ClusterRole', name: 'cluster-admin' }
  const intruders: Readonly<Record<string, KubernetesObject>> = {
    'a ClusterRoleBinding': { apiVersion: `${rbac}/v1`, kind: 'ClusterRoleBinding', metadata, roleRef },
    'a RoleBinding': { apiVersion: `${rbac}/v1`, kind: 'RoleBinding', metadata, roleRef },
    'a Secret': { apiVersion: 'v1', kind: 'Secret', metadata, stringData: {} },
    'a Namespace': { apiVersion: 'v1', kind: 'Namespace', metadata },
    'another Application': {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata,
      spec: { project: 'default', source: { repoURL: 'https://git.example.com/x.git', path: '.' }, destination: {} },
    },
    "an object in somebody else's namespace": {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'intruder', namespace: elsewhere },
    },
  }

  beforeAll(async () => {
    for (const [name, object] of Object.entries(intruders))
      repository.write(`environments/dev/manifests/redis/${name.replaceAll(/\W/g, '-')}.yaml`, JSON.stringify(object))
    repository.commit('Bring in much that is not ours to bring')
    await refresh(cluster, argocdNames.application(dev, 'redis'))
    await waitUntil('the sync to fail', async () => {
      const { operationState } = (await application('redis')) ?? {}
      return operationState?.message?.includes('not permitted')
    })
  })

  test.each(Object.entries(intruders))('refuses %s', async (_, object) => {
    const results = (await application('redis'))?.operationState?.syncResult?.resources ?? []
    const result = results.find(({ kind, name }) => kind === object.kind && name === 'intruder')
    expect(result?.status).toBe('SyncFailed')
    expect(result?.message).toMatch(/is not permitted in project/)
    const namespace = object.metadata.namespace ?? dev.namespace
    expect(await cluster.get(kindOf(object), 'intruder', namespace)).toBeUndefined()
  })
})

describe('of what a pull request changes in an Application, the project', () => {
  beforeAll(async () => {
    // Otherwise Argo CD would retry the rejected sync after longer and longer pauses.
    await endSync(cluster, argocdNames.application(dev, 'redis'))
    repository.restore()
    // Both objects are in one wave, because a rejected object blocks the later waves.
    change('redis', 'source', { repoURL: `${repository.url}-of-somebody-else` })
    change('postgres', 'destination', { namespace: elsewhere })
    repository.commit('Another repository, and another namespace')
    await refresh(cluster, argocdNames.root(dev))
  })

  test('refuses another repository', async () => {
    await waitUntil('Argo CD to refuse the repository', async () =>
      (await application('redis'))?.conditions?.some(
        ({ type, message }) => type === 'InvalidSpecError' && message.includes('is not permitted in project'),
      ),
    )
  })

  test('refuses another namespace', async () => {
    await waitUntil('Argo CD to refuse the destination', async () =>
      (await application('postgres'))?.conditions?.some(
        ({ type, message }) =>
          type === 'InvalidSpecError' && message.includes('do not match any of the allowed destinations'),
      ),
    )
    expect(await cluster.list('apps/v1/StatefulSet', elsewhere)).toEqual([])
  })
})

/** Changes a field of a component's Application in Git, as a pull request would. Argo CD would revert a change in the cluster at once. */
function change(component: Component, field: string, becomes: object): void {
  const path = `environments/dev/manifests/argocd/Application.${argocdNames.application(dev, component)}.yaml`
  const manifest: { spec: Record<string, object> } = parse(repository.read(path))
  manifest.spec[field] = { ...manifest.spec[field], ...becomes }
  repository.write(path, JSON.stringify(manifest))
}

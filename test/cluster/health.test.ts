import type { Environment } from '@hadal/platform/environment'
import { argocdNames, poolerNamesOf, postgresNames } from '@hadal/platform/names'
import { beforeAll, test } from 'vitest'
import { type Application, applicationKind, refresh, waitForSync } from './ground/applications.ts'
import { argocdNamespace } from './ground/argo-cd.ts'
import { connect, deployed } from './ground/deployed.ts'
import { waitUntil } from './ground/wait-until.ts'

const ground = connect()
const { cluster, repository } = ground
let staging: Environment
beforeAll(async () => {
  staging = await deployed(ground, 'staging')
})

/** Expects the health that Argo CD derives from an object with our Lua script. */
async function expectHealth(
  application: string,
  kind: string,
  name: string,
  status: string,
  message = /(?:)/,
): Promise<void> {
  await waitUntil(
    `Argo CD to take ${kind} ${name} for ${status}`,
    async () => {
      const found = await cluster.get<Application>(applicationKind, application, argocdNamespace)
      const health = found?.status?.resources?.find((one) => one.kind === kind && one.name === name)?.health
      return health?.status === status && message.test(health.message ?? '')
    },
    {
      within: 30,
      state: async () =>
        (await cluster.get<Application>(applicationKind, application, argocdNamespace))?.status?.resources,
    },
  )
}

test('a Pooler is Progressing while fewer instances run than were asked for, and Healthy when all do', async () => {
  const application = argocdNames.application(staging, 'postgres')
  const pooler = poolerNamesOf(postgresNames.cluster).readWrite
  const report = (status: object) =>
    cluster.patch('postgresql.cnpg.io/v1/Pooler', pooler, staging.namespace, { status }, 'status')
  await expectHealth(application, 'Pooler', pooler, 'Healthy')
  await report({ instances: 1 })
  await expectHealth(application, 'Pooler', pooler, 'Progressing', /1 of 2/)
  await report({ instances: 2 })
  await expectHealth(application, 'Pooler', pooler, 'Healthy')
})

test('a database that is not healthy shows in its Application, and in the root', async () => {
  const application = argocdNames.application(staging, 'postgres')
  const report = (phase: string) => {
    const [kind, name] = ['postgresql.cnpg.io/v1/Cluster', postgresNames.cluster]
    return cluster.patch(kind, name, staging.namespace, { status: { phase } }, 'status')
  }
  await report('Failing over')
  try {
    await expectHealth(application, 'Cluster', postgresNames.cluster, 'Degraded')
    await expectHealth(argocdNames.root(staging), 'Application', application, 'Degraded')
  } finally {
    await report('Cluster in healthy state')
  }
  await expectHealth(argocdNames.root(staging), 'Application', application, 'Healthy')
})

test('an Application whose manifests can not be applied is Degraded to the root, with the reason; mended, it is Healthy', async () => {
  const application = argocdNames.application(staging, 'agent')
  const path = 'environments/staging/manifests/agent/Service.deep-agents.yaml'
  repository.write(path, repository.read(path).replace('port: 8000', 'port: 800000'))
  repository.commit('A port that there is not')
  await refresh(cluster, application)
  await expectHealth(argocdNames.root(staging), 'Application', application, 'Degraded', /Invalid value: 800000/)
  await waitForSync(cluster, staging, repository.restore())
  await expectHealth(argocdNames.root(staging), 'Application', application, 'Healthy')
})

test('an Application that has not synced yet is Progressing to the root, so that what comes after it waits', async () => {
  const application = argocdNames.application(staging, 'postgres')
  // The Application's status is removed and its reconciliation is disabled, so that it is like a new one that has not synced.
  await cluster.patch(applicationKind, application, argocdNamespace, {
    metadata: { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } },
    status: null,
  })
  await expectHealth(
    argocdNames.root(staging),
    'Application',
    application,
    'Progressing',
    /Waiting for the first sync|Not synced yet/,
  )
  await cluster.patch(applicationKind, application, argocdNamespace, {
    metadata: { annotations: { 'argocd.argoproj.io/skip-reconcile': null } },
  })
  await waitForSync(cluster, staging, repository.head())
})

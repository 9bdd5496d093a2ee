import { renderEnvironment } from '@hadal/charts/render-environment'
import type { RenderedObject } from '@hadal/charts/rendered-object'
import { beforeAll, describe, expect, test } from 'vitest'
import { applicationsOf, bootstrap, syncByHand, waitForSync } from './ground/applications.ts'
import { kindOf } from './ground/cluster.ts'
import { connect, environmentNamed, remove } from './ground/deployed.ts'
import { liveObjects } from './ground/live-objects.ts'
import { type Moments, Timeline } from './ground/timeline.ts'

const ground = connect()
const { cluster, repository } = ground

/** Expected order of the stages of a sync. It is written here a second time, so that the test does not trust the sync waves of the charts. */
const order = ['accounts, policies and secrets', 'data', 'migration', 'workloads', 'scalers and monitors'] as const
type Stage = (typeof order)[number]

function stageOf({ component, kind }: RenderedObject): Stage {
  if (component === 'tenancy' || component === 'secrets') return 'accounts, policies and secrets'
  if (component === 'postgres' || component === 'redis') return 'data'
  if (component === 'observability') return 'scalers and monitors'
  // Settings belong to the agent's Application: they are created after the data, and before the Job that reads them.
  if (kind === 'ConfigMap' || kind === 'Job') return 'migration'
  if (['CronJob', 'Deployment', 'HTTPRoute', 'Ingress', 'Service'].includes(kind)) return 'workloads'
  return 'scalers and monitors'
}

const names = (await repository.environments()).map(({ name }) => name)
const objects = new Map<string, readonly RenderedObject[]>()
const timelines = new Map<string, Timeline>()
const failures = new Map<string, unknown>()

beforeAll(async () => {
  const revision = repository.restore()
  const environments = await repository.environments()
  await Promise.all(environments.map((environment) => remove(cluster, environment)))
  await Promise.all(
    environments.map(async (environment) => {
      const rendered = renderEnvironment(environment).filter(({ component }) => component !== 'argocd')
      objects.set(environment.name, rendered)
      const kinds = rendered.map(({ object }) => kindOf(object))
      const timeline = await Timeline.start(cluster, environment.namespace, kinds)
      timelines.set(environment.name, timeline)
      await bootstrap(cluster, environment)
      // Kept for a test that reports the error. In the set-up it would have no test's name.
      await waitForSync(cluster, environment, revision).catch((error: unknown) => failures.set(environment.name, error))
      timeline.stop()
    }),
  )
})

const objectsOf = (name: string): readonly RenderedObject[] => objects.get(name) ?? []
const moments = (name: string, { kind, name: object }: RenderedObject): Moments => {
  const timeline = timelines.get(name)
  if (!timeline) throw new Error(`${name} was not deployed.`)
  return timeline.of(kind, object)
}

describe.each(names)('%s, from an empty cluster,', (name) => {
  test('becomes Synced and Healthy, every Application of it, and has every object of its manifests', async () => {
    if (failures.has(name)) throw failures.get(name)
    const environment = await environmentNamed(repository, name)
    for (const { object } of objectsOf(name))
      expect(
        await cluster.get(kindOf(object), object.metadata.name, environment.namespace),
        object.metadata.name,
      ).toBeDefined()
  })

  test.each(order.slice(1).map((stage, index) => [order[index] as Stage, stage] as const))(
    'had all its %s ready before the first of its %s came',
    (earlier, later) => {
      const before = objectsOf(name).filter((object) => stageOf(object) === earlier)
      const after = objectsOf(name).filter((object) => stageOf(object) === later)
      expect(before.length).toBeGreaterThan(0)
      for (const one of before)
        for (const other of after)
          expect(
            moments(name, one).ready,
            `${one.kind} ${one.name} was ready before ${other.kind} ${other.name} came`,
          ).toBeLessThan(moments(name, other).created)
    },
  )

  test('had its settings before the migration that reads them', () => {
    const [settings] = objectsOf(name).filter(({ component, kind }) => component === 'agent' && kind === 'ConfigMap')
    const [job] = objectsOf(name).filter(({ kind }) => kind === 'Job')
    if (!settings || !job) throw new Error('There are no settings, or there is no migration.')
    expect(moments(name, settings).created).toBeLessThan(moments(name, job).created)
  })

  test('is changed by a second sync in nothing but its migration, which runs again', async () => {
    const environment = await environmentNamed(repository, name)
    const before = await liveObjects(cluster, environment.namespace, objectsOf(name))
    await Promise.all(
      (await applicationsOf(cluster, environment)).map(({ metadata }) => syncByHand(cluster, metadata.name)),
    )
    expect(await liveObjects(cluster, environment.namespace, objectsOf(name))).toEqual(before)
  })
})

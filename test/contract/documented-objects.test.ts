import { shapes, withEverything } from '@hadal/charts/fixtures/shapes'
import { renderEnvironment } from '@hadal/charts/render-environment'
import { listAt, recordAt, textAt } from '@hadal/charts/validate/read-json'
import { isRecord } from '@hadal/platform/is-record'
import { expect, test } from 'vitest'
import { type Code, codeIn, documentedCode } from './documented-code.ts'

/** Kinds by the names that `kubectl` accepts. */
const kinds: Readonly<Record<string, string>> = {
  certificate: 'Certificate',
  cluster: 'Cluster',
  configmap: 'ConfigMap',
  cronjob: 'CronJob',
  deployment: 'Deployment',
  externalsecret: 'ExternalSecret',
  hpa: 'HorizontalPodAutoscaler',
  job: 'Job',
  networkpolicy: 'NetworkPolicy',
  objectstore: 'ObjectStore',
  podmonitor: 'PodMonitor',
  pooler: 'Pooler',
  pvc: 'PersistentVolumeClaim',
  rediscluster: 'RedisCluster',
  sandboxwarmpool: 'SandboxWarmPool',
  scaledobject: 'ScaledObject',
  scheduledbackup: 'ScheduledBackup',
  secret: 'Secret',
  service: 'Service',
  statefulset: 'StatefulSet',
}

const objects = [withEverything, ...shapes.map(({ environment }) => environment)].flatMap((environment) =>
  renderEnvironment(environment),
)
const names = new Set(objects.map(({ kind, name }) => `${kind} ${name}`))

/** All values of a key, at any depth. */
function valuesOf(value: unknown, key: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => valuesOf(each, key))
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([name, inner]) => [...(name === key ? [inner] : []), ...valuesOf(inner, key)])
}

const labels = new Set(
  objects
    .flatMap(({ object }) => valuesOf(object, 'labels'))
    .flatMap((of) => (isRecord(of) ? Object.entries(of).map(([key, value]) => `${key}=${value}`) : [])),
)
const containers = new Set(
  objects.flatMap(({ object }) => {
    const pod = recordAt(object, 'spec', 'template', 'spec')
    const ofJob = recordAt(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec')
    return [pod, ofJob].flatMap((spec) =>
      ['containers', 'initContainers'].flatMap((list) =>
        listAt(spec, list).map((container) => textAt(container, 'name')),
      ),
    )
  }),
)

/** Objects, labels and containers that operators create in the namespace of an environment. */
const ofOperators = {
  objects: ['StatefulSet redis-leader', 'StatefulSet redis-follower'],
  labels: /^cnpg\.io\/|^app\.kubernetes\.io\/name=redis$/,
  containers: ['postgres', 'plugin-barman-cloud', 'redis-leader'],
}

/** Whether a word stands for a value that the reader inserts. */
const inserted = (word: string): boolean => /^[<$…]|^[A-Z_]+$/.test(word)

/** Jobs that the documents themselves create of CronJobs. */
const createdJobs = documentedCode.flatMap(({ text }) =>
  [...text.matchAll(/create job (?:--from=\S+ )?([a-z][\w-]*)/g)].map(([, name = '']) => name),
)
const created = new Set(createdJobs.flatMap((name) => [`Job ${name}`, `job-name=${name}`]))

/** Returns each object, label and container in commands for the namespace of an environment that is not rendered. */
function unknownObjects(code: readonly Code[]): string[] {
  return code.flatMap(({ place, text }) =>
    [...text.matchAll(/kubectl (?:-n \$NS )[^|\n`]*/g)].flatMap(([line]) => {
      const command = line.split(' -- ')[0] ?? ''
      const words = command.split(/\s+/)
      const named = [...command.matchAll(/\b([a-z]+)\/([a-z][\w-]*)/g)]
        .filter(([, kind = '']) => kind in kinds)
        .map(([, kind = '', name = '']) => `${kinds[kind]} ${name}`)
      const kindAt = words.findIndex((word) => word in kinds)
      if (kindAt > 0) {
        const rest = words.slice(kindAt + 1)
        const end = rest.findIndex((word) => word.startsWith('-'))
        for (const name of rest.slice(0, end < 0 ? undefined : end))
          if (!inserted(name) && name !== '') named.push(`${kinds[words[kindAt] ?? '']} ${name}`)
      }
      const label = words.flatMap((word, index) => (words[index - 1] === '-l' ? word.split(',') : []))
      const container = words.filter((word, index) => words[index - 1] === '-c' && !inserted(word))
      return [
        ...named.filter((name) => !names.has(name) && !ofOperators.objects.includes(name)),
        ...label.filter((one) => !/[<$]/.test(one) && !labels.has(one) && !ofOperators.labels.test(one)),
        ...container.filter((name) => !containers.has(name) && !ofOperators.containers.includes(name)),
      ]
        .filter((name) => !created.has(name))
        .map((name) => `${place}: ${name}`)
    }),
  )
}

test('commands in documents name only objects, labels and containers that are rendered', () => {
  expect(unknownObjects(documentedCode)).toEqual([])
  const made = '`kubectl -n $NS logs deployment/deep-agent -c server -l app.kubernetes.io/name=agents`'
  expect(unknownObjects(codeIn('page.md', made))).toEqual([
    'page.md:1: Deployment deep-agent',
    'page.md:1: app.kubernetes.io/name=agents',
    'page.md:1: server',
  ])
})

import { readdirSync } from 'node:fs'
import { shapes, withEverything } from '@hadal/charts/fixtures/shapes'
import { renderEnvironment } from '@hadal/charts/render-environment'
import { ownDefinitions, ownKinds } from '@hadal/charts/schemas/own-kinds'
import { schemaSet } from '@hadal/charts/schemas/schema-set'
import { customSources } from '@hadal/charts/schemas/sources'
import { quoting } from '@hadal/charts/validate/fixtures/quoting'
import { manifestProblemSentence } from '@hadal/charts/validate/manifest-problem'
import { errorsIn } from '@hadal/charts/validate/schema-validator'
import { hasNoReleaseYet, validateManifests } from '@hadal/charts/validate/validate-manifests'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { kubernetesVersions } from '@hadal/platform/schema/cluster'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'

const rendered = (await loadEnvironments(root)).map((environment) => ({
  name: environment.name,
  environment,
  objects: renderEnvironment(environment),
}))

test.each(rendered)('the objects of $name violate no rule', ({ environment, objects }) => {
  expect(objects.length).toBeGreaterThan(0)
  expect(validateManifests(environment, objects).map(manifestProblemSentence)).toEqual([])
})

test.each(rendered)('every file of $name parses to the same object in YAML 1.1 and 1.2', ({ objects }) => {
  expect(quoting({ objects }).map(({ rendered: { path }, problem }) => `${path}: ${problem}`)).toEqual([])
})

// The rules use one schema for all versions. This test validates against each version.
test.each(kubernetesVersions)('every object is valid on Kubernetes %s', (version) => {
  for (const { name, objects } of rendered) {
    for (const { object, path } of objects) expect(errorsIn(version, object), `${name}: ${path}`).toEqual([])
  }
})

test('an object that violates a rule is reported with its field and the file of its chart', () => {
  const [first] = rendered
  if (!first) throw new Error('There is no environment.')
  const objects = first.objects.map((it) =>
    it.path === 'agent/Deployment.deep-agents.yaml'
      ? { ...it, object: { ...it.object, spec: { ...(it.object.spec as object), replica: 3 } } }
      : it,
  )
  const sentences = validateManifests(first.environment, objects).map(manifestProblemSentence)
  expect(sentences.join('\n')).toContain(
    `environments/${first.name}/manifests/agent/Deployment.deep-agents.yaml: spec.replica: "replica" is not a field that Kubernetes knows here. Write "replicas" if that is meant.`,
  )
  expect(sentences.join('\n')).toContain('(rendered by charts/src/components/agent.ts)')
})

test('before the first release the agent image has a digest of zeros, which is reported separately from problems', () => {
  for (const { environment, objects } of rendered) {
    expect(hasNoReleaseYet(objects)).toBe(/^sha256:0+$/.test(environment.release.image.digest))
  }
})

test('every definition of our own is a source, and its kind has a schema', () => {
  const files = customSources.filter(({ module }) => module === undefined).flatMap((source) => source.files)
  expect(files.toSorted(), 'files of customSources without a module').toEqual(readdirSync(ownDefinitions).sort())
  for (const kind of ownKinds)
    expect(schemaSet('1.37').kinds, 'Run "node charts/src/schemas/generate.ts".').toHaveProperty([kind])
})

// Kinds that no other object refers to. The checklist and the snapshot check that they exist.
const leafKinds = [
  'HorizontalPodAutoscaler',
  'HTTPRoute',
  'Ingress',
  'LimitRange',
  'PodMonitor',
  'PrometheusRule',
  'SandboxWarmPool',
  'ScaledObject',
  'ScheduledBackup',
  'Service',
]
/** Other objects that only settings of the agent, or objects which may also be outside of the environment, refer to. */
const leafPaths = [
  'redis/Issuer.redis-ca.yaml',
  'redis/Issuer.redis-self-signed.yaml',
  'sandbox/ResourceQuota.sandbox.yaml',
  'sandbox/RoleBinding.sandbox-claims.yaml',
]
/** Environments of the checkout, and some shapes that a user may give to one. Each is validated once for each of its objects, so not all shapes. */
const ownAndOthers = [
  ...rendered,
  ...[withEverything, ...shapes.slice(0, 6).map(({ environment }) => environment)].map((environment, index) => ({
    name: `shape ${index}`,
    environment,
    objects: renderEnvironment(environment),
  })),
]

test.each(ownAndOthers)('removing any other object of $name violates a rule', ({ environment, objects }) => {
  const unnoticed = objects.filter((object) => {
    const others = objects.filter((other) => other !== object)
    return validateManifests(environment, others).length === 0
  })
  const isDashboard = ({ object }: (typeof objects)[number]) => 'grafana_dashboard' in (object.metadata.labels ?? {})
  const wrong = unnoticed.filter(
    (rendered) => !leafKinds.includes(rendered.kind) && !leafPaths.includes(rendered.path) && !isDashboard(rendered),
  )
  expect(
    wrong.map(({ path }) => path),
    'No rule reports that these objects are missing. Add a reference to charts/src/validate/rules/object-references.ts, or add the kind to `leafKinds`.',
  ).toEqual([])
})

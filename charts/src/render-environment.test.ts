import { defineEnvironment } from '@hadal/platform/define-environment'
import type { EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { EnvironmentProblems, problemSentence } from '@hadal/platform/problem'
import { App } from 'cdk8s'
import { expect, test } from 'vitest'
import { allowedKinds, sandboxKinds } from './components/argocd.ts'
import { choices, refusals, restOf, shapes } from './fixtures/shapes.ts'
import { charts, renderEnvironment } from './render-environment.ts'
import { manifestProblemSentence } from './validate/manifest-problem.ts'
import { validateManifests } from './validate/validate-manifests.ts'

test.each(shapes)('no rule finds a problem with $said', ({ environment }) => {
  const objects = renderEnvironment(environment)
  expect(validateManifests(environment, objects).map(manifestProblemSentence)).toEqual([])
  const kindsOf = environment.sandbox.kind === 'none' ? allowedKinds : [...allowedKinds, ...sandboxKinds]
  const allowed = new Set(kindsOf.map(({ group, kind }) => `${group}/${kind}`))
  const kinds = objects
    .filter(({ component }) => component !== 'argocd')
    .map(({ object: { apiVersion, kind } }) => `${/^(.*)\//.exec(apiVersion)?.[1] ?? ''}/${kind}`)
  expect(kinds.filter((kind) => !allowed.has(kind))).toEqual([])
})

test('every kind that the project allows is rendered by some shape', () => {
  const rendered = new Set(shapes.flatMap(({ environment }) => renderEnvironment(environment).map(({ kind }) => kind)))
  expect([...allowedKinds, ...sandboxKinds].map(({ kind }) => kind).filter((kind) => !rendered.has(kind))).toEqual([])
})

/** Every pair of choices that can't be combined, and the fields that their error messages name. */
const forbidden = Object.entries(choices).flatMap(([a, ofA], index) =>
  Object.entries(choices)
    .slice(index + 1)
    .flatMap(([b, ofB]) => ofA.flatMap((one) => ofB.map((other) => ({ [a]: one, [b]: other })))),
)
const refused = forbidden
  .map((chosen) => ({ chosen, fields: refusals(chosen), said: JSON.stringify(chosen) }))
  .filter(({ fields }) => fields.length > 0)

test.each(refused)('$said is refused with an error', ({ chosen, fields }) => {
  const sentences = sentencesAbout(restOf(chosen))
  // A choice may be refused by itself for more than the pair has to do with.
  for (const field of fields) expect(sentences).toContainEqual(expect.stringContaining(`${field}: `))
})

function sentencesAbout(input: EnvironmentInput): string[] {
  try {
    renderEnvironment(defineEnvironment(input))
    return []
  } catch (error) {
    if (error instanceof EnvironmentProblems) return error.problems.map(problemSentence)
    throw error
  }
}

test('the same environment gives the same files and is not changed', () => {
  const environment = soundEnvironment()
  const before = JSON.stringify(environment)
  const files = () => renderEnvironment(environment).map(({ path, text }) => [path, text])
  expect(files()).toEqual(files())
  expect(JSON.stringify(environment)).toBe(before)
})

test('every object has a wave, its labels and a file of its own', () => {
  const objects = renderEnvironment(soundEnvironment())
  for (const { object, path } of objects) {
    expect(object.metadata.annotations, path).toHaveProperty('argocd.argoproj.io/sync-wave')
    expect(object.metadata.labels, path).toMatchObject({
      'app.kubernetes.io/instance': 'test',
      'app.kubernetes.io/part-of': 'hadal',
    })
  }
  expect(new Set(objects.map(({ path }) => path)).size).toBe(objects.length)
})

test.each(Object.entries(charts))('the construct id of %s is in no object', (name, Chart) => {
  for (const { environment } of shapes.slice(0, 5)) {
    const objects = (id: string) => new Chart(new App(), id, { environment }).toJson()
    expect(objects('renamed')).toEqual(objects(name))
  }
})

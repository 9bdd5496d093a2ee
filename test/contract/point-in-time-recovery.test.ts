import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderEnvironment } from '@hadal/charts/render-environment'
import type { RenderedObject } from '@hadal/charts/rendered-object'
import { manifestProblemSentence } from '@hadal/charts/validate/manifest-problem'
import { validateManifests } from '@hadal/charts/validate/validate-manifests'
import type { Environment } from '@hadal/platform/environment'
import { loadEnvironment } from '@hadal/platform/load-environment'
import { beforeAll, describe, expect, test } from 'vitest'
import { repositoryCopy, root } from '../repository-copy.ts'

const page = readFileSync(join(root, 'docs/how-to/recover-to-a-point-in-time.md'), 'utf8')

/** The changes of config.ts that the page shows, in its order, each with the heading above it. */
const changes = [...page.matchAll(/^```diff\n([\s\S]*?)^```$/gm)].map((match) => ({
  heading:
    page
      .slice(0, match.index)
      .match(/^## (.*)$/gm)
      ?.at(-1)
      ?.slice(3) ?? '',
  lines: (match[1] ?? '').split('\n').filter((line) => line !== ''),
}))

/** Applies a diff to a text. The lines that it keeps and removes must occur exactly once. */
function applied(text: string, lines: readonly string[]): string {
  const side = (other: string) =>
    lines
      .filter((line) => !line.startsWith(other))
      .map((line) => `${line.slice(1)}\n`)
      .join('')
  const parts = text.split(side('+'))
  if (parts.length !== 2) throw new Error(`The lines occur ${parts.length - 1} times:\n${side('+')}`)
  return parts.join(side('-'))
}

interface Step {
  readonly heading: string
  readonly environment: Environment
  readonly objects: readonly RenderedObject[]
}

const headings = ['1. Recover beside the living database', '2. Switch over', '3. The way back', '4. Finish'] as const
const [beside, over, back, finish] = headings

/** The environment before the first step and after each one. The last one follows a second switch-over. */
const steps: Step[] = []
beforeAll(async () => {
  let text = readFileSync(join(root, 'test/fixtures/environments/prod/config.ts'), 'utf8')
  for (const heading of ['Before', beside, over, back, over, finish]) {
    const change = changes.find((one) => one.heading === heading)
    if (change) text = applied(text, change.lines)
    const copy = repositoryCopy()
    try {
      writeFileSync(join(copy.folder, 'environments/prod/config.ts'), text)
      const environment = await loadEnvironment(copy.folder, 'prod')
      steps.push({ heading, environment, objects: renderEnvironment(environment) })
    } finally {
      copy.remove()
    }
  }
}, 120_000)

function step(heading: string): Step {
  const found = steps.find((one) => one.heading === heading)
  if (!found) throw new Error(`The page has no step "${heading}".`)
  return found
}

const textOf = ({ objects }: Step, kind: string, name: string): string | undefined =>
  objects.find((object) => object.kind === kind && object.name === name)?.text

const names = ({ objects }: Step, kind: string): string[] =>
  objects.flatMap((object) => (object.kind === kind ? [object.name] : [])).sort()

test('the page has these steps, each a change of config.ts', () => {
  expect(changes.map(({ heading }) => heading)).toEqual(headings)
})

describe.each(headings)('the step "%s"', (heading) => {
  test('renders objects that meet the real definitions and every rule', () => {
    const { environment, objects } = step(heading)
    expect(validateManifests(environment, objects).map(manifestProblemSentence)).toEqual([])
  })

  test('changes no reference that CloudNativePG can not change, and the beginning of no Cluster', () => {
    const before = steps[steps.indexOf(step(heading)) - 1]
    if (!before) throw new Error('There is no step before.')
    for (const { kind, name, object } of step(heading).objects) {
      const earlier = before.objects.find((one) => one.kind === kind && one.name === name)?.object
      if (!earlier) continue
      for (const field of ['cluster', 'bootstrap', 'externalClusters', 'plugins'])
        expect(fieldOf(object, field), `${kind} ${name}: spec.${field}`).toEqual(fieldOf(earlier, field))
    }
  })
})

function fieldOf(object: unknown, field: string): unknown {
  const spec: unknown = typeof object === 'object' && object !== null ? Reflect.get(object, 'spec') : undefined
  return typeof spec === 'object' && spec !== null ? Reflect.get(spec, field) : undefined
}

test('a recovery beside the living database changes no line of it, of its poolers, its backups, the Services or the servers', () => {
  const before = step('Before')
  for (const { component, kind, name, text } of before.objects) {
    if (kind === 'ResourceQuota') continue
    expect(textOf(step(beside), kind, name), `${component} ${kind} ${name}`).toBe(text)
  }
  expect(names(step(beside), 'Cluster')).toEqual(['postgres', 'postgres-2'])
  expect(names(step(beside), 'ScheduledBackup')).toEqual(['postgres', 'postgres-2'])
  expect(names(step(beside), 'Pooler')).toEqual([
    'postgres-2-pooler-ro',
    'postgres-2-pooler-rw',
    'postgres-pooler-ro',
    'postgres-pooler-rw',
  ])
})

test('the switch-over changes neither Cluster, and the way back renders the same as before it', () => {
  for (const name of names(step(beside), 'Cluster'))
    expect(textOf(step(over), 'Cluster', name)).toBe(textOf(step(beside), 'Cluster', name))
  const all = ({ objects }: Step) => objects.map(({ path, text }) => `${path}\n${text}`)
  expect(all(step(back))).toEqual(all(step(beside)))
  expect(all(step(over))).not.toEqual(all(step(beside)))
})

test('finishing removes the old Cluster and its parts, and leaves the new one as it was', () => {
  expect(names(step(finish), 'Cluster')).toEqual(['postgres-2'])
  expect(names(step(finish), 'Pooler')).toEqual(['postgres-2-pooler-ro', 'postgres-2-pooler-rw'])
  for (const kind of ['Cluster', 'Service', 'Deployment', 'PodMonitor'])
    for (const name of names(step(finish), kind))
      expect(textOf(step(finish), kind, name), `${kind} ${name}`).toBe(textOf(step(over), kind, name))
})

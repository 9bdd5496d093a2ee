import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTool } from '../cluster/tools/build.ts'
import { operatedObjects } from './operated-objects.ts'
import { type RenderedSet, renderedSets, write } from './rendered-sets.ts'

const folder = mkdtempSync(join(tmpdir(), 'kube-score-'))
let binary: string
let sets: readonly RenderedSet[]

// The first build takes minutes.
beforeAll(async () => {
  binary = (await buildTool('kube-score')).binary('kube-score')
  sets = await renderedSets(folder)
}, 600_000)
afterAll(() => rmSync(folder, { recursive: true }))

interface Finding {
  readonly grade: number
  readonly text: string
}

/** Runs kube-score's default checks and returns everything below the best grade. Skip annotations are ignored. */
function score(files: readonly string[]): Promise<{ readonly checked: number; readonly findings: readonly Finding[] }> {
  const args = [
    'score',
    '--disable-ignore-checks-annotations',
    '--kubernetes-version',
    'v1.34',
    '--output-format',
    'json',
  ]
  return new Promise((resolve, reject) => {
    // kube-score exits with 1 if it finds problems. They are in its report.
    execFile(binary, [...args, ...files], { maxBuffer: 1e9, timeout: 60_000 }, (error, out, errors) => {
      if (out === '') return reject(error ?? new Error(errors))
      const objects = JSON.parse(out) as readonly {
        object_name: string
        checks: readonly {
          check: { id: string }
          grade: number
          skipped: boolean
          comments: readonly object[] | null
        }[]
      }[]
      const checks = objects.flatMap(({ object_name: name, checks }) => checks.map((check) => ({ name, ...check })))
      const findings = checks
        .filter(({ grade, skipped }) => !skipped && grade < best)
        .map(({ name, check, grade, comments }) => ({
          grade,
          text: `${name}: ${check.id}: ${JSON.stringify(comments)}`,
        }))
      resolve({ checked: checks.filter(({ skipped }) => !skipped).length, findings })
    })
  })
}

const best = 10

const filesOf = (of: string): string[] =>
  readdirSync(of, { recursive: true })
    .map((file) => join(of, String(file)))
    .filter((file) => file.endsWith('.yaml'))

test('kube-score finds nothing in any environment, nor in any pair of options', async () => {
  let checked = 0
  for (const set of sets) {
    const operated = operatedObjects(set)
    if (operated !== '') write(join(set.folder, 'operated.yaml'), operated)
    const scored = await score(filesOf(set.folder))
    expect(scored.findings, set.name).toEqual([])
    checked += scored.checked
  }
  expect(checked).toBeGreaterThan(sets.length * 50)
  process.stdout.write(
    `kube-score: ${checked} checks over ${sets.length} sets, 0 findings; its input included a fixture with the pods and autoscalers that operators create\n`,
  )
})

test.each([
  ['a pod under no policy', /^NetworkPolicy\./, 'pod-networkpolicy'],
  ['a Deployment without a budget', /^PodDisruptionBudget\./, 'deployment-has-poddisruptionbudget'],
])('kube-score reports %s', async (_what, missing, check) => {
  const set = sets.find(({ name }) => name === 'prod')
  if (!set) throw new Error('There is no environment prod.')
  const files = filesOf(set.folder).filter((file) => !missing.test(file.slice(file.lastIndexOf('/') + 1)))
  const { findings } = await score(files)
  expect(findings.map(({ text }) => text)).toContainEqual(expect.stringContaining(check))
})

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { unreleasedDigest } from '@hadal/platform/release'
import { afterAll, expect, test } from 'vitest'
import { renderedSets, write } from './rendered-sets.ts'

const folder = mkdtempSync(join(tmpdir(), 'checkov-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Report {
  readonly passed: number
  readonly skipped: number
  readonly unreadable: number
  readonly failed: readonly string[]
}

/**
 * Runs all of checkov's checks of Kubernetes and secrets, with its default thresholds. The version is pinned in test/tools/checkov.txt. The test
 * fails if checkov is not installed.
 */
function checkov(path: string): Promise<Report> {
  const args = ['--directory', path, '--framework', 'kubernetes', 'secrets', '--skip-download', '--compact', '--quiet']
  const env = { ...process.env, BC_SKIP_MAPPING: 'true' }
  return new Promise((resolve, reject) => {
    // checkov exits with 1 if it finds problems. They are in its report.
    execFile(
      'checkov',
      [...args, '--output', 'json'],
      { env, maxBuffer: 1e9, timeout: 280_000 },
      (error, out, errors) => {
        if (error && typeof error.code !== 'number') {
          return reject(
            new Error(
              `checkov did not run (${error.code}). Install it: pip install --requirement test/tools/checkov.txt`,
            ),
          )
        }
        if (out.trim() === '') return reject(new Error(errors))
        const reports = [JSON.parse(out)].flat() as readonly {
          summary?: { passed: number; skipped: number; parsing_errors: number }
          results?: { failed_checks: readonly { check_id: string; file_path: string; check_name: string }[] }
        }[]
        const sum = (of: 'passed' | 'skipped' | 'parsing_errors') =>
          reports.reduce((all, { summary }) => all + (summary?.[of] ?? 0), 0)
        resolve({
          passed: sum('passed'),
          skipped: sum('skipped'),
          unreadable: sum('parsing_errors'),
          failed: reports.flatMap(({ results }) =>
            (results?.failed_checks ?? []).map((it) => `${it.file_path}: ${it.check_id} ${it.check_name}`),
          ),
        })
      },
    )
  })
}

test('checkov finds nothing in any environment, nor in any pair of options', {
  timeout: 300_000,
}, async () => {
  const sets = await renderedSets(join(folder, 'sets'))
  const { passed, ...rest } = await checkov(join(folder, 'sets'))
  expect(rest).toEqual({ skipped: 0, unreadable: 0, failed: [] })
  expect(passed).toBeGreaterThan(sets.length * 100)
  process.stdout.write(`checkov: ${passed} checks passed over ${sets.length} sets, 0 failed, 0 skipped\n`)
})

test('checkov reports a container without limits, and a secret in a manifest', { timeout: 300_000 }, async () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'x', namespace: 'x' },
    spec: { containers: [{ name: 'x', image: `registry.example.com/x@${unreleasedDigest}` }] },
  }
  write(join(folder, 'broken/Pod.x.yaml'), JSON.stringify(pod))
  // Joined from parts, so that secret scanners don't report this file.
  const key = ['AKIA', 'IOSFODNN7', 'QQTTRRS'].join('')
  write(
    join(folder, 'broken/ConfigMap.x.yaml'),
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {aws_access_key: ${key}}\n`,
  )
  const { failed } = await checkov(join(folder, 'broken'))
  expect(failed).toContainEqual(expect.stringContaining('CKV_K8S_13'))
  expect(failed).toContainEqual(expect.stringContaining('CKV_SECRET_2'))
})

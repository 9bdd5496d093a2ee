import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { root } from '../repository-copy.ts'
import { numbers, spread, table } from './statistics.ts'

/** Measures a cold `hadal check` of each environment. Its exit status 1, for a missing item, is not a failure of the benchmark. */
export async function coldCheck(rounds: number): Promise<string> {
  const check = (name: string): number => {
    const started = performance.now()
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'packages/cli/src/main.ts'), 'check', name], {
      cwd: root,
      encoding: 'utf8',
      timeout: 60_000,
    })
    if (status !== 0 && status !== 1) throw new Error(`hadal check ${name} ended with ${status}: ${stderr}`)
    return performance.now() - started
  }
  const rows = (await loadEnvironments(root)).map(({ name }) => {
    check(name)
    return [
      `hadal check ${name} [ms] (aim: under 1500)`,
      ...numbers(spread(Array.from({ length: rounds }, () => check(name))), 0),
    ]
  })
  return table(['', 'min', 'median', 'max'], rows)
}

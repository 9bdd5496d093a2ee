// Breaks the code on purpose and expects the tests to fail. Each patch in this folder breaks one place; its first line names the tests that
// must fail: `# PROJECT FILE…`. Patches are applied to a copy of the checkout, never to the checkout itself.
// Exit status: 0 if the tests of every patch fail, 1 if some pass, fail without the patch, or a patch no longer applies.
//
//   npm run mutants [-- NAME…]      runs only the patches whose name contains one of the texts
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import process from 'node:process'
import { checkoutCopy } from '../checkout-copy.ts'
import type { Outcome } from '../outcome-reporter.ts'

/** Maximum duration of a test run. A longer run is killed and counts as failed. */
const longestRunMs = 300_000

const wanted = process.argv.slice(2)
const names = globSync('*.patch', { cwd: import.meta.dirname })
  .map((file) => basename(file, '.patch'))
  .filter((name) => wanted.length === 0 || wanted.some((text) => name.includes(text)))
  .toSorted()

const { folder, environment, git, remove } = checkoutCopy()
const outcomeFile = join(folder, '.hadal-outcome.json')

function failedTests(project: string, files: readonly string[]): number {
  rmSync(outcomeFile, { force: true })
  const reporter = ['--reporter=./test/outcome-reporter.ts', `--outputFile.outcome=${outcomeFile}`]
  const args = ['run', '--project', project, ...reporter, ...files]
  const options = { cwd: folder, env: environment, timeout: longestRunMs, killSignal: 'SIGKILL' } as const
  const { status } = spawnSync(join(folder, 'node_modules/.bin/vitest'), args, options)
  try {
    const { passed, failures }: Outcome = JSON.parse(readFileSync(outcomeFile, 'utf8'))
    if (passed + failures.length > 0) return failures.length
  } catch {
    // Vitest exited without a report.
  }
  return status === 0 ? 0 : 1
}

/** Whether the tests that the first line of a patch names pass without the patch, by that line. Tests that several patches name run once. */
const sound = new Map<string, boolean>()

function verdict(name: string): string | undefined {
  const patch = join(import.meta.dirname, `${name}.patch`)
  const [first = ''] = readFileSync(patch, 'utf8').split('\n')
  const [, project = '', ...files] = first.split(' ')
  const passes = sound.get(first) ?? failedTests(project, files) === 0
  sound.set(first, passes)
  if (!passes) return `its tests fail without the patch: ${project} ${files.join(' ')}. Fix the tests first.`
  try {
    git('apply', '--whitespace=nowarn', patch)
  } catch {
    return 'it no longer applies. Create it again for the current code.'
  }
  try {
    return failedTests(project, files) > 0 ? undefined : `no test of ${files.join(', ')} fails. Add a test.`
  } finally {
    git('checkout', '--quiet', '--', '.')
  }
}

let bad = 0
try {
  for (const name of names) {
    const problem = verdict(name)
    if (problem !== undefined) bad += 1
    process.stdout.write(
      `${problem === undefined ? 'noticed ' : 'SURVIVED'}  ${name}${problem === undefined ? '' : `: ${problem}`}\n`,
    )
  }
} finally {
  remove()
}
process.stdout.write(`\n${names.length - bad} passed, ${bad} failed\n`)
process.exitCode = bad > 0 || names.length === 0 ? 1 : 0

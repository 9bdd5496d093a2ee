// Runs the tiers of tests one after another. At the end it prints a line for each failure, and then the line `N passed, N failed`.
// `npm test` runs the tiers without further requirements; `.ci/run` runs the others.
//
//   node test/run.ts [TIER…] [-- VITEST ARGUMENT…]       e.g. `node test/run.ts unit -- packages/cli`
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import type { Outcome } from './outcome-reporter.ts'

const root = join(import.meta.dirname, '..')

/** Folder of Node's compile cache, shared by the processes of tests and their servers. */
const compiled = join(root, 'node_modules', '.cache', 'compiled')

/** Maximum duration of a tier. After it the tier is killed and counts as failed. */
const longestTierMs = 30 * 60_000

/**
 * A tier of tests: a Vitest project (see vitest.config.ts), or a command that passes or fails as a whole. `needs` is a program that prepares the
 * tier; it exits with 3 if a requirement of the tier is not installed, and prints which one. `workers` is the number of test files that run at
 * the same time, for tiers whose files mostly wait; the default is in vitest.config.ts.
 */
type Tier =
  | { readonly project: string; readonly needs?: string; readonly workers?: number }
  | { readonly command: readonly [string, ...string[]]; readonly needs?: never }
const machineLacksSomething = 3

const byDefault = {
  format: { command: ['biome', 'check', '--error-on-warnings'] },
  types: { command: ['tsc', '-p', 'tsconfig.json'] },
  unit: { project: 'unit' },
  snapshot: { project: 'snapshot' },
  contract: { project: 'contract' },
  integration: { project: 'integration', workers: 4 },
} satisfies Record<string, Tier>

const onlyInCi = {
  tools: { project: 'tools', workers: 3 },
  long: { project: 'long', workers: 4 },
  faults: { project: 'faults', workers: 4 },
  browser: { project: 'browser', needs: 'test/browser/prepare.ts' },
  services: { project: 'services', needs: 'test/services/prepare.ts' },
  cluster: { project: 'cluster', needs: 'test/cluster/ground/prepare.ts' },
  engine: { project: 'engine', needs: 'test/cluster/pulumi/prepare.ts' },
} satisfies Record<string, Tier>

const tiers: Record<string, Tier> = { ...byDefault, ...onlyInCi }

const given = process.argv.slice(2)
const wanted = given.includes('--') ? given.slice(0, given.indexOf('--')) : given
const vitestArguments = given.slice(wanted.length + 1)
const unknown = wanted.filter((name) => !(name in tiers))
if (unknown.length > 0) {
  process.stderr.write(`test: unknown tier "${unknown.join('", "')}". Known tiers: ${Object.keys(tiers).join(', ')}.\n`)
  process.exit(2)
}

const outcomes: Outcome[] = []
const lines: string[] = []
const failures: string[] = []
let ranAll = true
for (const name of wanted.length > 0 ? wanted : Object.keys(byDefault)) {
  const tier = tiers[name]
  if (!tier) continue
  process.stdout.write(`\n── ${name}\n`)
  const started = performance.now()
  const prepared = tier.needs === undefined ? 0 : await run('node', [tier.needs])
  if (prepared === machineLacksSomething) {
    ranAll = false
    lines.push(`${name.padEnd(12)} not run: a requirement is not installed (see above)`)
    continue
  }
  const outcome = prepared !== 0 ? asOne('its set-up failed (see above)') : await outcomeOf(tier)
  outcomes.push(outcome)
  failures.push(...outcome.failures.map((failure) => `FAILED ${name}: ${failure}`))
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  lines.push(
    `${name.padEnd(12)} ${String(outcome.passed).padStart(5)} passed  ${String(outcome.failures.length).padStart(3)} failed  ${seconds.padStart(6)} s`,
  )
}

const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0)
const failed = failures.length
process.stdout.write(`\n${[...lines, ...failures].join('\n')}\n\n${passed} passed, ${failed} failed\n`)
// A tier that was not run counts as a failure.
process.exitCode = failed > 0 || passed === 0 || !ranAll ? 1 : 0

function outcomeOf(tier: Tier): Promise<Outcome> {
  return 'project' in tier ? vitest(tier.project, tier.workers) : command(tier.command)
}

async function command([program, ...args]: readonly [string, ...string[]]): Promise<Outcome> {
  const status = await run(program, args)
  return status === 0 ? { passed: 1, failures: [] } : asOne(`exited with ${status} (see above)`)
}

/** The outcome of a tier that failed as a whole. */
function asOne(failure: string): Outcome {
  return { passed: 0, failures: [failure] }
}

async function vitest(project: string, workers?: number): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'hadal-test-'))
  try {
    const file = join(folder, 'outcome.json')
    const status = await run('vitest', [
      'run',
      ...['--project', project],
      ...(workers === undefined ? [] : ['--maxWorkers', `${workers}`]),
      ...['--reporter=default', '--reporter=./test/outcome-reporter.ts', `--outputFile.outcome=${file}`],
      ...vitestArguments,
    ])
    const outcome: Outcome = JSON.parse(await readFile(file, 'utf8'))
    // Both the status and the report are checked: a library can change the exit status, and some failures of Vitest are in no report.
    return status !== 0 && outcome.failures.length === 0
      ? { ...outcome, failures: [`Vitest exited with ${status} (see above)`] }
      : outcome
  } catch (error) {
    return asOne(`Vitest wrote no report: ${error instanceof Error ? error.message : error}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function run(program: string, args: readonly string[]): Promise<number> {
  const bin = join(root, 'node_modules', '.bin')
  const child = spawn(join(bin, program), args, {
    cwd: root,
    stdio: 'inherit',
    timeout: longestTierMs,
    killSignal: 'SIGKILL',
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`, NODE_COMPILE_CACHE: compiled },
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

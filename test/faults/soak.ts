// Repeats a larger storm with new seeds until the time is over: `npm run soak -- --minutes 20 [--seed 7]`.
import process from 'node:process'
import { parseArgs } from 'node:util'
import { type StormReport, storm } from './ground/storm.ts'

const usage = 'Usage: npm run soak -- --minutes N [--seed S]. N and S are whole numbers above 0.'

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}

function fail(sentence: string): never {
  process.stderr.write(`soak: ${sentence}\n`)
  process.exit(2)
}

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } })
const minutes = whole(values.minutes) ?? fail(`--minutes is "${values.minutes ?? ''}". ${usage}`)
const firstSeed =
  values.seed === undefined
    ? Date.now() % 1_000_000_000
    : (whole(values.seed) ?? fail(`--seed is "${values.seed}". ${usage}`))

const end = Date.now() + minutes * 60_000
const reports: { readonly seed: number; readonly report: StormReport }[] = []
for (let seed = firstSeed; reports.length === 0 || Date.now() < end; seed += 1) {
  process.stdout.write(`soak: seed ${seed}, 200 runs, 4 servers, a fault every 5 s\n`)
  const report = await storm({ seed, runs: 200, servers: 4, killEveryMs: 5_000, poisons: 2, settleMs: 300_000 })
  reports.push({ seed, report })
  const { brokenPromises, faults, processes, repeatedSteps, seconds } = report
  const caused = Object.entries(faults).map(([fault, count]) => `${count} ${fault}`)
  process.stdout.write(
    `soak: seed ${seed} took ${seconds} s: ${caused.join(', ')}; ${processes} processes; ${repeatedSteps} steps repeated; ` +
      `${brokenPromises.length} violations\n`,
  )
  for (const sentence of brokenPromises) process.stdout.write(`  ${sentence}\n`)
}

const broken = reports.filter(({ report }) => report.brokenPromises.length > 0)
process.stdout.write(
  broken.length === 0
    ? `soak: passed. ${reports.length * 200} runs: no run lost, no finished step repeated, no innocent run a dead letter.\n`
    : `soak: failed with the seeds ${broken.map(({ seed }) => seed).join(', ')}. Repeat one with --minutes 1 --seed ${broken[0]?.seed}.\n`,
)
process.exitCode = broken.length === 0 ? 0 : 1

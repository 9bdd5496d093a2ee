import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { root } from '../repository-copy.ts'
import { runChild } from './child.ts'
import { getHelm } from './helm.ts'
import { numbers, spread, table } from './statistics.ts'

/** Number of runs of a program per measurement. A single run is too short, because the shell counts CPU time in hundredths of a second. */
const runs = 5

/**
 * Measures the CPU time of `hadal render --check`, including validation, with warm compile caches, for each environment and for all, against the
 * mean of `helm template` over the benchmark's charts. The programs run in turns, so that all have the same noise.
 */
export async function renderCpu(rounds: number): Promise<string> {
  const helm = await getHelm()
  const environments = readdirSync(join(root, 'environments'))
  const render = (...names: string[]): Promise<number> =>
    cpu(process.execPath, [join(root, 'packages/cli/src/main.ts'), 'render', '--check', ...names])
  await render()
  const times = { helm: [] as number[], one: [] as number[], all: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    times.helm.push(await mean(helm.charts, ({ folder }) => cpu(helm.binary, ['template', 'bench', folder])))
    times.one.push(await mean(environments, (name) => render(name)))
    times.all.push(await render())
  }
  const medians = { helm: middle(times.helm), one: middle(times.one), all: middle(times.all) }
  const further = (medians.all - medians.one) / (environments.length - 1)
  return [
    `CPU time in milliseconds: ${environments.length} environments, ${rounds} rounds in turns of ${runs} runs; helm ${helm.version}`,
    '',
    table(
      ['', 'min', 'median', 'max'],
      [
        ['helm template, mean of the charts', ...numbers(spread(times.helm), 0)],
        ['hadal render of one environment, mean', ...numbers(spread(times.one), 0)],
        [`hadal render of ${environments.length} environments`, ...numbers(spread(times.all), 0)],
      ],
    ),
    '',
    `Each environment beyond the first: ${further.toFixed(0)} ms (aim: at most 25)`,
    `${environments.length} environments cost as much as ${(medians.all / medians.helm).toFixed(1)} x helm template (aim: at most 10)`,
  ].join('\n')
}

const middle = (values: readonly number[]): number => spread(values).median

async function mean<Item>(items: readonly Item[], measure: (item: Item) => Promise<number>): Promise<number> {
  let sum = 0
  for (const item of items) sum += await measure(item)
  return sum / items.length
}

/** CPU time of one run of a program and its child processes, in milliseconds. */
async function cpu(program: string, args: readonly string[]): Promise<number> {
  const script = `i=0; while [ $i -lt ${runs} ]; do "$@" >/dev/null || exit 1; i=$((i+1)); done; times`
  const [, children = ''] = (await runChild('sh', ['-c', script, 'sh', program, ...args], root)).trim().split('\n')
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  )
  return (1_000 * seconds.reduce((sum, one) => sum + one, 0)) / runs
}

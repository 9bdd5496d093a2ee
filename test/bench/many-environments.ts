import { join } from 'node:path'
import process from 'node:process'
import { root } from '../repository-copy.ts'
import { runChild } from './child.ts'
import { numbers, type Spread, spread, table } from './statistics.ts'

const counts = [3, 30, 300] as const

interface Cost {
  readonly rendering: number
  readonly validating: number
}

/** Measures the time per environment if a process renders 3, 30 and 300 environments. The processes run in turns. */
export async function manyEnvironments(rounds: number): Promise<string> {
  const costs = new Map<number, Cost[]>(counts.map((count) => [count, []]))
  for (let round = 0; round < rounds; round++) {
    for (const count of counts) {
      const said = await runChild(process.execPath, [join(import.meta.dirname, 'render-many.ts'), String(count)], root)
      costs.get(count)?.push(JSON.parse(said) as Cost)
    }
  }
  const of = (count: number, part: keyof Cost): Spread => spread((costs.get(count) ?? []).map((cost) => cost[part]))
  const ratio = (part: keyof Cost): string => (of(300, part).median / of(30, part).median).toFixed(2)
  return [
    `Many environments in one process: milliseconds an environment, ${rounds} rounds in turns`,
    '',
    table(
      ['', 'min', 'median', 'max'],
      (['rendering', 'validating'] as const).flatMap((part) =>
        counts.map((count) => [`${part}, of ${count}`, ...numbers(of(count, part), 1)]),
      ),
    ),
    '',
    `300 against 30, by the medians: rendering ${ratio('rendering')} (aim: at most 1.30), validating ${ratio('validating')}`,
  ].join('\n')
}

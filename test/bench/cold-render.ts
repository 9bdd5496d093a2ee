import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { repositoryCopy, root } from '../repository-copy.ts'
import { timed } from './child.ts'
import { getHelm } from './helm.ts'
import { numbers, spread, table } from './statistics.ts'

/**
 * Measures a cold `hadal render` of all environments, including validation and writing, against one `helm template` run per
 * rendered component. Both run in turns, so that they have the same noise.
 */
export async function coldRender(rounds: number): Promise<string> {
  const helm = await getHelm()
  const { folder, remove } = repositoryCopy()
  try {
    const environments = readdirSync(join(folder, 'environments'))
    const manifests: readonly string[] = environments.map((name) => join(folder, 'environments', name, 'manifests'))
    const render = async (environment: NodeJS.ProcessEnv = {}): Promise<number> => {
      for (const path of manifests) rmSync(path, { recursive: true, force: true })
      return timed(process.execPath, [join(root, 'packages/cli/src/main.ts'), 'render'], folder, environment)
    }
    await render()
    const components = manifests.flatMap((path) => readdirSync(path)).length
    const objects = manifests
      .flatMap((path) => readdirSync(path, { recursive: true, encoding: 'utf8' }))
      .filter((file) => file.endsWith('.yaml')).length
    const runs = Array.from({ length: components }, (_, index) => helm.charts[index % helm.charts.length]).filter(
      (chart) => chart !== undefined,
    )
    const template = async (): Promise<number> => {
      let total = 0
      for (const chart of runs) total += await timed(helm.binary, ['template', 'bench', chart.folder], folder)
      return total
    }
    await template()
    const ours: number[] = []
    const uncached: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < rounds; round++) {
      ours.push(await render())
      uncached.push(await render({ NODE_DISABLE_COMPILE_CACHE: '1' }))
      theirs.push(await template())
    }
    const ratios = (values: readonly number[]) =>
      numbers(spread(values.map((value, index) => value / (theirs[index] ?? Number.NaN))), 2)
    const charts = helm.charts.map(({ name, objects: count }) => `${name} (${count} objects)`).join(', ')
    const theirObjects = runs.reduce((sum, chart) => sum + chart.objects, 0)
    return [
      `Cold start: ${environments.length} environments, ${components} components, ${rounds} rounds in turns`,
      `helm ${helm.version}; charts in turn: ${charts}`,
      '',
      table(
        ['', 'objects', 'min', 'median', 'max'],
        [
          ['hadal render, validated and written [ms]', String(objects), ...numbers(spread(ours), 0)],
          ['the same, every module compiled anew [ms]', '', ...numbers(spread(uncached), 0)],
          [`${runs.length} x helm template [ms]`, String(theirObjects), ...numbers(spread(theirs), 0)],
          ['ratio (aim: at most 0.5)', '', ...ratios(ours)],
          ['ratio, every module compiled anew', '', ...ratios(uncached)],
        ],
      ),
    ].join('\n')
  } finally {
    remove()
  }
}

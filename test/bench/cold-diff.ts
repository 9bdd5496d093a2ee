import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { gitCopy, gitEnvironment } from '../git-copy.ts'
import { root } from '../repository-copy.ts'
import { timed } from './child.ts'
import { numbers, spread, table } from './statistics.ts'

/** Measures a cold `hadal diff` of all environments against the last commit, without a change and with a change of every object. */
export async function coldDiff(rounds: number): Promise<string> {
  const { folder, commit, remove } = await gitCopy()
  try {
    const environments = readdirSync(join(folder, 'environments'))
    const manifests = environments
      .flatMap((name) =>
        readdirSync(join(folder, 'environments', name, 'manifests'), { recursive: true, encoding: 'utf8' }).map(
          (file) => join(folder, 'environments', name, 'manifests', file),
        ),
      )
      .filter((file) => file.endsWith('.yaml'))
    const diff = (): Promise<number> =>
      timed(
        process.execPath,
        [join(root, 'packages/cli/src/main.ts'), 'diff', '--base', 'HEAD'],
        folder,
        gitEnvironment,
      )
    const measured = async (): Promise<number[]> => {
      await diff()
      const times: number[] = []
      for (let round = 0; round < rounds; round++) times.push(await diff())
      return times
    }
    const same = await measured()
    for (const file of manifests)
      writeFileSync(file, readFileSync(file, 'utf8').replace('\n  name: ', '\n  generateName: x\n  name: '))
    commit('Every object reads otherwise')
    const changed = await measured()
    return [
      `${environments.length} environments, ${manifests.length} objects, ${rounds} rounds (aim: at most 1500 ms)`,
      '',
      table(
        ['', 'min', 'median', 'max'],
        [
          ['hadal diff, nothing changed [ms]', ...numbers(spread(same), 0)],
          ['hadal diff, every object changed [ms]', ...numbers(spread(changed), 0)],
        ],
      ),
    ].join('\n')
  } finally {
    remove()
  }
}

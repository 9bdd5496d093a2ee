import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projects } from '../../vitest.config.ts'
import { root } from '../repository-copy.ts'

const names = new Set(projects.map(({ test: { name } }) => name))

/** Returns what is wrong with the first line of a mutant, which names the project and the test files that must fail; undefined if it is valid. */
function problemOf(line: string): string | undefined {
  const [mark, project = '', ...files] = line.split(' ')
  if (mark !== '#' || !names.has(project) || files.length === 0) return 'begins with no line "# PROJECT FILE…"'
  const missing = files.find((file) => !existsSync(join(root, file)))
  return missing === undefined ? undefined : `names ${missing}, which does not exist`
}

test('each mutant names the tests that must fail', () => {
  const folder = join(root, 'test/mutants')
  const problems = globSync('*.patch', { cwd: folder }).flatMap((name) => {
    const problem = problemOf(readFileSync(join(folder, name), 'utf8').split('\n')[0] ?? '')
    return problem === undefined ? [] : [`${name} ${problem}`]
  })
  expect(problems).toEqual([])
})

test.each(['', '# unit', '# none test/contract/mutants.test.ts', '# contract test/contract/none.test.ts'])(
  'a mutant with another first line is reported: %j',
  (line) => {
    expect(problemOf(line)).toBeDefined()
  },
)

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTool } from '../cluster/tools/build.ts'
import { root } from '../repository-copy.ts'

const workflows = join(root, '.github/workflows')
const files = readdirSync(workflows)
const folder = mkdtempSync(join(tmpdir(), 'workflows-'))
let actionlint: string

beforeAll(async () => {
  actionlint = (await buildTool('actionlint')).binary('actionlint')
}, 600_000)
afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  readonly status: number
  readonly said: string
}

/** Runs a program and fails if it is not installed. @param bring how to install the program */
function run(program: string, args: readonly string[], bring: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd: folder, timeout: 60_000 }, (error, out, errors) => {
      if (error && typeof error.code !== 'number')
        reject(new Error(`${program} did not run (${error.code}). To install it: ${bring}`, { cause: error }))
      else resolve({ status: Number(error?.code ?? 0), said: out + errors })
    })
  })
}

// Offline: checks that need GitHub, such as whether a commit belongs to a tag, are skipped.
const zizmor = (...paths: string[]): Promise<Ended> =>
  run(
    'zizmor',
    ['--offline', '--no-config', '--persona', 'pedantic', ...paths],
    'pip install --requirement test/tools/requirements.txt',
  )
const lint = (...paths: string[]): Promise<Ended> =>
  run(actionlint, ['-shellcheck', 'shellcheck', ...paths], 'test/cluster/tools/build.ts builds it')

/** Writes a copy of a workflow with one change that makes it invalid. */
function broken(change: (text: string) => string): string {
  const text = readFileSync(join(workflows, 'pull-request.yaml'), 'utf8')
  const changed = change(text)
  if (changed === text) throw new Error('The change had no effect, because the workflow has changed. Update the test.')
  const place = join(folder, '.github/workflows')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'broken.yaml'), changed)
  return join(place, 'broken.yaml')
}

test('zizmor finds nothing in any workflow with its pedantic persona', async () => {
  const { status, said } = await zizmor(...files.map((file) => join(workflows, file)))
  expect(said).toContain('No findings')
  expect(status).toBe(0)
})

test('actionlint, with shellcheck for the scripts, finds nothing in any workflow', async () => {
  await run('shellcheck', ['--version'], 'apt-get install shellcheck')
  expect(await lint(...files.map((file) => join(workflows, file)))).toEqual({ status: 0, said: '' })
})

test.each([
  ['an action by its tag', (text: string) => text.replace(/@[0-9a-f]{40} # /, '@'), 'unpinned-uses'],
  [
    'a title in a script',
    (text: string) => text.replace('run: npm test', `run: echo $${'{'}{ github.head_ref }}`),
    'template-injection',
  ],
  [
    'a checkout that leaves its token',
    (text: string) => text.replace('persist-credentials: false', 'clean: true'),
    'artipacked',
  ],
  [
    'write permissions for everything',
    (text: string) => text.replace('permissions: {}', 'permissions: write-all'),
    'excessive-permissions',
  ],
])('zizmor reports %s', async (_what, change, rule) => {
  const { status, said } = await zizmor(broken(change))
  expect(said).toContain(rule)
  expect(status).not.toBe(0)
})

test.each([
  ['an unknown context', (text: string) => text.replace('github.base_ref', 'github.base'), 'property "base"'],
  ['a script that splits its words', (text: string) => text.replace('--base "$BASE"', '--base $BASE'), 'SC2086'],
])('actionlint reports %s', async (_what, change, said) => {
  expect((await lint(broken(change))).said).toContain(said)
})

test('every action is pinned by its commit, with the version in a comment', () => {
  for (const file of files) {
    const uses = readFileSync(join(workflows, file), 'utf8').match(/^\s*-?\s*uses:.*$/gm) ?? []
    for (const line of uses) expect(line, file).toMatch(/uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  }
})

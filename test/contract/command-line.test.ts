import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { render } from '@hadal/cli/render/render'
import { soundInput } from '@hadal/platform/fixtures/example-environment'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hadal } from '../hadal.ts'
import { repositoryCopy, root } from '../repository-copy.ts'
import { writeEnvironment } from '../write-environment.ts'

let copy: ReturnType<typeof repositoryCopy>
const environment = (): string => join(copy.folder, 'environments', soundInput.name)

/** Writes the configuration of an environment of the copy, with other code before it. */
function writeConfig(code: string, name: string = soundInput.name): void {
  const image = { ...soundInput.release.image, digest: `sha256:${'1'.repeat(64)}` }
  const input = { ...soundInput, name, namespace: name, release: { image } }
  writeEnvironment(copy.folder, input, { code: `import process from 'node:process'\n${code}` })
}

beforeAll(async () => {
  copy = repositoryCopy()
  rmSync(join(copy.folder, 'environments'), { recursive: true })
  writeConfig('')
  expect(await render({ root: copy.folder, names: [], check: false, write: () => {} })).toBe(0)
})
beforeEach(() => {
  writeConfig('')
  rmSync(join(environment(), staleFile), { force: true })
})
afterAll(() => copy.remove())

const staleFile = 'manifests/agent/Stale.x.yaml'
const stale = (): void => writeFileSync(join(environment(), staleFile), 'a: 1\n')

describe('the code of a configuration', () => {
  test.each([
    ['process.exit(0)', 'it called process.exit(0), which would end the command that reads it'],
    ["throw new Error('not today')", "The file can't be loaded (not today)"],
    ['await new Promise(() => {})', 'The file did not finish loading: a top-level await never settles.'],
    [
      'setTimeout(() => process.exit(0)); await new Promise((resolve) => setTimeout(resolve, 500))',
      'it called process.exit(0)',
    ],
  ])('can not end `render --check` with 0: %s', async (code, sentence) => {
    writeConfig(code)
    const { status, errors } = await hadal(copy.folder, ['render', '--check'])
    expect(errors).toContain(sentence)
    expect(errors).not.toMatch(/\n\s+at /)
    expect(status).toBe(1)
  })

  test('does not change the exit status of `render --check`', async () => {
    const code = `process.exitCode = 7
      setInterval(() => { process.exitCode = 0 }, 1)
      process.on('exit', () => { process.exitCode = process.exitCode ? 0 : 7 })`
    writeConfig(code)
    expect((await hadal(copy.folder, ['render', '--check'])).status).toBe(0)
    stale()
    expect((await hadal(copy.folder, ['render', '--check'])).status).toBe(1)
  })

  test('can not end a command after it was loaded', async () => {
    // `promote` waits for git after it has loaded the configurations.
    writeConfig('setTimeout(() => process.exit(0))')
    writeConfig('', 'other')
    const { status, output, errors } = await hadal(copy.folder, ['promote', soundInput.name, 'other'])
    rmSync(join(copy.folder, 'environments/other'), { recursive: true })
    expect([status, output, errors]).toEqual([1, '', 'hadal: The process was ended before the command had finished.\n'])
  })
})

test('what a configuration prints does not disturb the output of the command', async () => {
  writeConfig("console.log('noise')")
  const { output, errors } = await hadal(copy.folder, ['render', '--check'])
  expect(output).toMatch(/^test: \d+ objects, as committed\n$/)
  expect(errors).toBe('noise\n')
})

test('a file in the place of the manifests has an error message', async () => {
  const manifests = join(environment(), 'manifests')
  renameSync(manifests, `${manifests}-kept`)
  writeFileSync(manifests, '')
  const { status, errors } = await hadal(copy.folder, ['render', '--check'])
  rmSync(manifests)
  renameSync(`${manifests}-kept`, manifests)
  expect(errors).toBe(
    'hadal: environments/test/manifests is not a folder. Remove it, and run "npx hadal render test".\n',
  )
  expect(status).toBe(1)
})

test('a repository without a commit has an error message', async () => {
  execFileSync('git', ['init', '--quiet'], { cwd: copy.folder })
  const { status, errors } = await hadal(copy.folder, ['diff', '--base', 'HEAD'])
  rmSync(join(copy.folder, '.git'), { recursive: true })
  expect(errors).toBe('hadal: The checked-out branch has no commit yet. Commit first.\n')
  expect(status).toBe(1)
})

describe('a wrong command line', () => {
  test.each([
    ['an unknown command', ['rendr'], "unknown command 'rendr'"],
    ['a missing argument', ['promote', 'a'], "missing required argument 'to'"],
    ['a missing option', ['diff'], "required option '--base <revision>' not specified"],
    ['an invalid port', ['up', '--port', '0'], 'It must be a whole number from 1 to 65535.'],
    ['an unknown subcommand', ['new', 'thing'], "unknown command 'thing'"],
  ])('exits with 2 for %s', async (_what, args, sentence) => {
    const { status, output, errors } = await hadal(copy.folder, args)
    expect(errors).toContain(sentence)
    // Says what is allowed, or where to find it.
    expect(errors).toMatch(/Usage: hadal|Run "npx hadal[a-z ]* --help" for its arguments and options\./)
    expect([status, output]).toEqual([2, ''])
  })

  test.each([['--help'], ['new agent --help']])('exits with 0 for %s', async (args) => {
    const { status, output } = await hadal(copy.folder, args.split(' '))
    expect(output).toContain('Usage: hadal')
    expect(status).toBe(0)
  })
})

describe('a reader that closes the pipe', () => {
  test.each([
    [0, () => {}],
    [1, stale],
  ] as const)('does not change the exit status: %i', async (wanted, prepare) => {
    prepare()
    const main = join(root, 'packages/cli/src/main.ts')
    const child = spawn(process.execPath, [main, 'render', '--check'], {
      cwd: copy.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.destroy()
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text
    })
    const status = await new Promise((resolve) => child.once('close', resolve))
    expect([status, errors]).toEqual([wanted, ''])
  })
})

test('a command outside a repository of Hadal says where it looked', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'elsewhere-'))
  try {
    const { status, errors } = await hadal(folder, ['render', '--check'])
    expect(errors).toContain(`${folder} is not in a repository with environments/ and pnpm-workspace.yaml.`)
    expect(status).toBe(1)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

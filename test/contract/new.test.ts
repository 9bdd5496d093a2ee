import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type GitCopy, gitCopy } from '../git-copy.ts'
import { root } from '../repository-copy.ts'

const graphs = 'packages/agents/langgraph.json'
const list = 'charts/src/alerts/all.ts'

let copy: GitCopy
const read = (file: string): string => readFileSync(join(copy.folder, file), 'utf8')
const changed = (): string[] =>
  copy
    .git('status', '--porcelain', '--untracked-files=all')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.slice(3))

beforeAll(async () => {
  copy = await gitCopy((folder) => {
    for (const file of [graphs, list]) cpSync(join(root, file), join(folder, file))
  })
})
beforeEach(() => copy.reset())
afterAll(() => copy.remove())

test.each(['dev', 'staging', 'prod'])(
  'an environment copied from %s is whole, and edits no existing file',
  async (from) => {
    const { status, output, errors } = await copy.hadal('new', 'environment', 'trial', '--from', from)
    expect(errors).toBe('')
    expect(status).toBe(0)
    expect(output).toContain("  name: 'trial',\n  namespace: 'hadal-trial',\n")
    expect(changed().filter((file) => !file.startsWith('environments/trial/'))).toEqual([])
    expect(read('environments/trial/release.json')).toBe(read(`environments/${from}/release.json`))
    const check = await copy.hadal('render', '--check')
    expect(check.output).toContain('trial: ')
    expect(check.status).toBe(0)
    expect(readdirSync(join(copy.folder, 'environments/trial')).sort()).toEqual([
      'config.ts',
      'manifests',
      'release.json',
    ])
    // Of the one that it was copied from nothing but the comments is left.
    const values = read('environments/trial/config.ts').match(/'[^'\n]*'/g) ?? []
    expect(values.filter((value) => new RegExp(`\\b${from}\\b`).test(value))).toEqual([])
  },
)

test.each([
  [
    'a name that Kubernetes refuses',
    ['Trial_1'],
    `"Trial_1" can't be the name of an environment: lower-case letters, digits and "-"`,
  ],
  ['a name that is too long', ['a'.repeat(41)], 'at most 40 characters'],
  ['a path', ['../trial'], "can't be the name of an environment"],
  ['a taken name', ['prod'], 'environments/prod is there already. Choose another name.'],
  ['an unknown source', ['trial', '--from', 'prdo'], 'Write "prod" if that is meant'],
])('%s is refused for an environment, and nothing is written', async (_what, args, sentence) => {
  const { status, errors } = await copy.hadal('new', 'environment', ...args)
  expect(errors).toContain(sentence)
  expect(errors).not.toMatch(/\n\s+at /)
  expect(status).toBe(1)
  expect(changed()).toEqual([])
})

test('a copy that would share an address with its source is refused, and nothing is left of it', async () => {
  const config = join(copy.folder, 'environments/dev/config.ts')
  writeFileSync(config, read('environments/dev/config.ts').replace("namespace: 'hadal-dev'", "namespace: 'agents'"))
  copy.commit('Another namespace')
  const { status, errors } = await copy.hadal('new', 'environment', 'trial')
  expect(errors).toContain('namespace = "agents"')
  expect(status).toBe(1)
  expect(changed()).toEqual([])
})

test('an agent is a folder with its test, and its entry among the graphs', async () => {
  const { status, output } = await copy.hadal('new', 'agent', 'support-desk')
  expect(status).toBe(0)
  expect(output).toContain('npx vitest run --project unit packages/agents/src/support-desk')
  expect(changed()).toEqual([
    graphs,
    'packages/agents/src/support-desk/support-desk.test.ts',
    'packages/agents/src/support-desk/support-desk.ts',
  ])
  const before = JSON.parse(readFileSync(join(root, graphs), 'utf8'))
  const after = JSON.parse(read(graphs))
  expect(Object.keys(after.graphs)).toEqual([...Object.keys(before.graphs), 'support-desk'])
  expect(after.graphs['support-desk'].path).toBe('./src/support-desk/support-desk.ts:supportDesk')
})

test('an alert is its file, its runbook, and its line in the list', async () => {
  const { status } = await copy.hadal('new', 'alert', 'RunsWaitLong')
  expect(status).toBe(0)
  expect(changed()).toEqual([list, 'charts/src/alerts/runs-wait-long.ts', 'docs/runbooks/RunsWaitLong.md'])
  expect(
    read(list)
      .split('\n')
      .filter((line) => line.includes('runsWaitLong')),
  ).toEqual(["import { runsWaitLong } from './runs-wait-long.ts'", '  runsWaitLong,'])
  expect(read('docs/runbooks/RunsWaitLong.md').match(/^#+ .*$/gm)).toEqual([
    '# RunsWaitLong',
    '## First look (two minutes)',
    '## Likely causes and how to mend them',
    '## Whether it is over',
    '## Whom to call',
  ])
})

test.each([
  ['agent', 'Support', 'in words joined by "-"'],
  ['agent', '../support', 'in words joined by "-"'],
  ['agent', 'default', "is a word of JavaScript's own"],
  ['agent', 'researcher', `${graphs} names a graph "researcher" already`],
  ['alert', 'runsLate', 'two words or more, each with a capital first'],
  ['alert', 'Late', 'two words or more, each with a capital first'],
])('an %s is not called "%s"', async (kind, name, sentence) => {
  const { status, errors } = await copy.hadal('new', kind, name)
  expect(errors).toContain(sentence)
  expect(status).toBe(1)
  expect(changed()).toEqual([])
})

test('what is there already is not written over', async () => {
  await copy.hadal('new', 'alert', 'RunsWaitLong')
  await copy.hadal('new', 'agent', 'support-desk')
  const before = read(list)
  expect((await copy.hadal('new', 'alert', 'RunsWaitLong')).errors).toContain('is there already')
  expect((await copy.hadal('new', 'agent', 'support-desk')).errors).toContain('is there already')
  expect(read(list)).toBe(before)
})

test('where one file can not be written, none is', async () => {
  // A file where a folder must be made: the system refuses it as it refuses a write on a full disk.
  mkdirSync(join(copy.folder, 'docs'))
  writeFileSync(join(copy.folder, 'docs/runbooks'), '')
  copy.commit('In the way')
  const { status, errors } = await copy.hadal('new', 'alert', 'RunsWaitLong')
  expect(errors).toContain('Everything is as it was')
  expect(status).toBe(1)
  expect(changed()).toEqual([])
  expect(existsSync(join(copy.folder, 'charts/src/alerts/runs-wait-long.ts'))).toBe(false)
})

test('a list that reads otherwise than expected is left alone, with a word on what to add', async () => {
  writeFileSync(join(copy.folder, list), 'export const alerts = []\n')
  copy.commit('Another list')
  const { status, errors } = await copy.hadal('new', 'alert', 'RunsWaitLong')
  expect(errors).toContain(`Add runsWaitLong to it by hand`)
  expect(status).toBe(1)
  expect(changed()).toEqual([])
})

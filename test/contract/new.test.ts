import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type GitCopy, gitCopy } from '../git-copy.ts'

const graphs = 'packages/agents/langgraph.json'
const list = 'charts/src/alerts/all.ts'

/** Content of both files before a test. The how-tos and the test of the alerts' list use the files of the checkout. */
const langgraphJson = {
  dependencies: ['.'],
  graphs: { researcher: './src/researcher/researcher.ts:researcher' },
}
const alertList = `import type { Alert } from './alert.ts'
import { agentAbsent } from './agent-absent.ts'
import { postgresDown } from './postgres-down.ts'

export const alerts: readonly Alert[] = [agentAbsent, postgresDown]
`

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
    for (const file of [graphs, list]) mkdirSync(join(folder, dirname(file)), { recursive: true })
    writeFileSync(join(folder, graphs), JSON.stringify(langgraphJson, null, 2))
    writeFileSync(join(folder, list), alertList)
  })
})
beforeEach(() => copy.reset())
afterAll(() => copy.remove())

test.each(['dev', 'staging', 'prod'])(
  'an environment copied from %s is complete, and no existing file changes',
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
      'on-call.md',
      'release.json',
    ])
    // The name of the copied environment is left in comments only.
    const values = read('environments/trial/config.ts').match(/'[^'\n]*'/g) ?? []
    expect(values.filter((value) => new RegExp(`\\b${from}\\b`).test(value))).toEqual([])
  },
)

test('an environment copied from one whose stack installs the operators does not install them again', async () => {
  expect(read('environments/dev/config.ts')).toContain("cluster: { operators: 'managed' },")
  const { output } = await copy.hadal('new', 'environment', 'trial', '--from', 'dev')
  expect(output).toContain("  cluster: { operators: 'present' },\n")
  expect(read('environments/trial/config.ts')).toContain("cluster: { operators: 'present' },")
})

test.each([
  [
    'a name that Kubernetes rejects',
    ['Trial_1'],
    `Invalid name of an environment: "Trial_1". It must be lower-case letters, digits and "-"`,
  ],
  ['a name that is too long', ['a'.repeat(41)], 'at most 40 characters'],
  ['a path', ['../trial'], 'Invalid name of an environment'],
  ['a taken name', ['prod'], 'environments/prod already exists. Choose another name.'],
  [
    'an unknown source',
    ['trial', '--from', 'prdo'],
    "environments/prdo does not exist, so it can't be copied. Name the environment to copy: --from <dev|prod|staging>.",
  ],
])('rejects %s for an environment, and writes nothing', async (_what, args, sentence) => {
  const { status, errors } = await copy.hadal('new', 'environment', ...args)
  expect(errors).toContain(sentence)
  expect(errors).not.toMatch(/\n\s+at /)
  expect(status).toBe(1)
  expect(changed()).toEqual([])
})

test('rejects a copy that would share an address with its source, and leaves nothing behind', async () => {
  const config = join(copy.folder, 'environments/dev/config.ts')
  writeFileSync(config, read('environments/dev/config.ts').replace("namespace: 'hadal-dev'", "namespace: 'agents'"))
  copy.commit('Another namespace')
  const { status, errors } = await copy.hadal('new', 'environment', 'trial')
  expect(errors).toContain('namespace = "agents"')
  expect(status).toBe(1)
  expect(changed()).toEqual([])
})

test('creates an agent as a folder with its test, and an entry in langgraph.json', async () => {
  const { status, output } = await copy.hadal('new', 'agent', 'support-desk')
  expect(status).toBe(0)
  expect(output).toContain('npx vitest run --project unit packages/agents/src/support-desk')
  expect(changed()).toEqual([
    graphs,
    'packages/agents/src/support-desk/support-desk.test.ts',
    'packages/agents/src/support-desk/support-desk.ts',
  ])
  const after = JSON.parse(read(graphs))
  expect(Object.keys(after.graphs)).toEqual(['researcher', 'support-desk'])
  expect(after.graphs['support-desk'].path).toBe('./src/support-desk/support-desk.ts:supportDesk')
})

test('creates an alert as its file, its runbook and its line in the list', async () => {
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
    '## First checks (two minutes)',
    '## Causes and fixes',
    '## Verify the fix',
    '## Escalation',
  ])
})

test.each([
  ['agent', 'Support', 'in words joined by "-"'],
  ['agent', '../support', 'in words joined by "-"'],
  ['agent', 'default', 'is a reserved word of JavaScript'],
  ['agent', 'researcher', `${graphs} already has a graph "researcher"`],
  ['alert', 'runsLate', 'at least two words in PascalCase'],
  ['alert', 'Late', 'at least two words in PascalCase'],
])('rejects an %s with the name "%s"', async (kind, name, sentence) => {
  const { status, errors } = await copy.hadal('new', kind, name)
  expect(errors).toContain(sentence)
  expect(status).toBe(1)
  expect(changed()).toEqual([])
})

test('does not overwrite existing files', async () => {
  await copy.hadal('new', 'alert', 'RunsWaitLong')
  await copy.hadal('new', 'agent', 'support-desk')
  const before = read(list)
  expect((await copy.hadal('new', 'alert', 'RunsWaitLong')).errors).toContain('already exists')
  expect((await copy.hadal('new', 'agent', 'support-desk')).errors).toContain('already exists')
  expect(read(list)).toBe(before)
})

test('writes no file if one of them can not be written', async () => {
  // A file in the place of a folder: creating the folder fails, as a write to a full disk does.
  mkdirSync(join(copy.folder, 'docs'))
  writeFileSync(join(copy.folder, 'docs/runbooks'), '')
  copy.commit('In the way')
  const { status, errors } = await copy.hadal('new', 'alert', 'RunsWaitLong')
  expect(errors).toContain('Nothing was changed')
  expect(status).toBe(1)
  expect(changed()).toEqual([])
  expect(existsSync(join(copy.folder, 'charts/src/alerts/runs-wait-long.ts'))).toBe(false)
})

test('does not change a list of an unexpected form, and says what to add', async () => {
  writeFileSync(join(copy.folder, list), 'export const alerts = []\n')
  copy.commit('Another list')
  const { status, errors } = await copy.hadal('new', 'alert', 'RunsWaitLong')
  expect(errors).toContain(`Add runsWaitLong to it by hand`)
  expect(status).toBe(1)
  expect(changed()).toEqual([])
})

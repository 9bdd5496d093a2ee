import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { render } from '@hadal/cli/render/render'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hadal } from '../hadal.ts'
import { repositoryCopy, root } from '../repository-copy.ts'

const manifest = 'environments/dev/manifests/agent/Deployment.deep-agents.yaml'
const stray = 'environments/dev/manifests/agent/Secret.stray.yaml'
let copy: ReturnType<typeof repositoryCopy>

/** Runs `hadal render` as a function in this process. Only the last tests of this file start a process. */
async function run(options: { check: boolean }): Promise<{ status: number; lines: string[] }> {
  const lines: string[] = []
  const write = (line: string) => void lines.push(line)
  return { status: await render({ root: copy.folder, names: ['dev'], ...options, write }), lines }
}

beforeEach(async () => {
  copy = repositoryCopy()
  // Another test checks the committed manifests.
  await run({ check: false })
})
afterEach(() => copy.remove())

test('rendered manifests pass the check', async () => {
  const { status, lines } = await run({ check: true })
  expect(lines).toEqual([expect.stringMatching(/^dev: \d+ objects, as committed$/)])
  expect(status).toBe(0)
})

test('a model without a price is named if a budget is in US dollars', async () => {
  const folder = join(copy.folder, 'environments/priced')
  mkdirSync(folder)
  const config = `import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
export default soundEnvironment({ name: 'priced', namespace: 'hadal-priced', budgets: { run: { usd: 1 } } })
`
  writeFileSync(join(folder, 'config.ts'), config)
  cpSync(join(copy.folder, 'environments/dev/release.json'), join(folder, 'release.json'))
  const lines: string[] = []
  await render({ root: copy.folder, names: ['priced'], check: false, write: (line) => void lines.push(line) })
  expect(lines.at(-1)).toBe(
    'priced: models.default = "anthropic:a-model" has no price, so its calls cost nothing in budgets.run.usd. Add models.prices["anthropic:a-model"]: { input, output } in US dollars per million tokens, or set a budget in tokens.',
  )
})

test("a URL in an agent's settings is named if no opening leads to it", async () => {
  const described = join(copy.folder, 'packages/agents/agents.json')
  const { graphs, ...rest } = JSON.parse(readFileSync(described, 'utf8'))
  const settings = { DESK_URL: { required: true, schema: { type: 'string' } } }
  writeFileSync(described, JSON.stringify({ ...rest, graphs: [{ ...graphs[0], graph: 'desk', settings }] }))
  const folder = join(copy.folder, 'environments/desk')
  mkdirSync(folder)
  const config = `import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
const agents = { desk: { settings: { DESK_URL: 'http://desk.crm.svc:8080' } } }
export default soundEnvironment({ name: 'desk', namespace: 'hadal-desk', agents })
`
  writeFileSync(join(folder, 'config.ts'), config)
  cpSync(join(copy.folder, 'environments/dev/release.json'), join(folder, 'release.json'))
  const lines: string[] = []
  await render({ root: copy.folder, names: ['desk'], check: false, write: (line) => void lines.push(line) })
  expect(lines.at(-1)).toMatch(
    /^desk: agents\.desk\.settings\.DESK_URL = "http:\/\/desk\.crm\.svc:8080" is not a public host/,
  )
})

test('an edited manifest fails the check with its name', async () => {
  appendFileSync(join(copy.folder, manifest), '# by hand\n')
  const { status, lines } = await run({ check: true })
  expect(status).toBe(1)
  expect(lines.slice(1)).toEqual([`  changed  ${manifest}`, expect.stringContaining('Run "npx hadal render"')])
})

test('an added manifest fails the check with its name', async () => {
  writeFileSync(join(copy.folder, stray), 'kind: Secret\n')
  const { status, lines } = await run({ check: true })
  expect(status).toBe(1)
  expect(lines[1]).toBe(`  stale    ${stray}`)
})

test('a deleted manifest fails the check with its name', async () => {
  rmSync(join(copy.folder, manifest))
  const { status, lines } = await run({ check: true })
  expect(status).toBe(1)
  expect(lines[1]).toBe(`  missing  ${manifest}`)
})

test('the check writes nothing', async () => {
  rmSync(join(copy.folder, 'environments/dev/manifests'), { recursive: true })
  expect((await run({ check: true })).status).toBe(1)
  expect(readdirSync(join(copy.folder, 'environments/dev')).sort()).toEqual(['config.ts', 'on-call.md', 'release.json'])
})

test('rendering fixes all differences, lists them, and leaves no other files', async () => {
  rmSync(join(copy.folder, manifest))
  writeFileSync(join(copy.folder, stray), 'kind: Secret\n')
  const { lines } = await run({ check: false })
  expect(lines.slice(1)).toEqual([`  new      ${manifest}`, `  removed  ${stray}`])
  expect((await run({ check: true })).status).toBe(0)
  expect(readdirSync(join(copy.folder, 'environments/dev')).sort()).toEqual([
    'config.ts',
    'manifests',
    'on-call.md',
    'release.json',
  ])
  expect(readdirSync(join(copy.folder, '.hadal/render'))).toEqual([])
})

test('writes no manifests if one environment is invalid, and reports every problem', async () => {
  rmSync(join(copy.folder, manifest))
  const config = join(copy.folder, 'environments/prod/config.ts')
  const text = readFileSync(config, 'utf8').replace(/namespace: '[^']+',/, "namespace: 'Prod', replicaz: 3,")
  writeFileSync(config, text)
  const { status, output, errors } = await hadal(copy.folder, ['render'])
  expect(status).toBe(1)
  expect(errors).toContain('environments/prod/config.ts: namespace = "Prod"')
  expect(errors).toContain('environments/prod/config.ts: replicaz')
  expect(errors).not.toMatch(/\n\s+at /)
  expect(output).toBe('')
  expect((await run({ check: true })).lines[1]).toBe(`  missing  ${manifest}`)
})

test('writes no manifests if a rendered object breaks a rule, and names its file', async () => {
  rmSync(join(copy.folder, manifest))
  const file = join(copy.folder, 'environments/staging/release.json')
  const { image }: { image: object } = JSON.parse(readFileSync(file, 'utf8'))
  // The schema of the release allows this name, and no registry has it.
  writeFileSync(file, JSON.stringify({ image: { ...image, repository: '.registry/deep-agents' } }))
  const { status, output, errors } = await hadal(copy.folder, ['render'])
  expect(errors).toMatch(/^hadal: \d+ problems?, so nothing was written:\n- environments\/staging/)
  expect(errors).toContain('.registry/deep-agents')
  expect(errors).not.toMatch(/\n\s+at /)
  expect({ status, output }).toEqual({ status: 1, output: '' })
  expect((await run({ check: true })).lines[1]).toBe(`  missing  ${manifest}`)
})

test('a full disk leaves the old manifests unchanged, and no other files', async () => {
  const deployment = join(copy.folder, manifest)
  writeFileSync(deployment, 'kind: Old\n')
  // The shell's limit of one kilobyte per file simulates a full disk.
  const command = `ulimit -f 1; exec "${process.execPath}" "${join(root, 'packages/cli/src/main.ts')}" render dev 2>&1`
  const environment = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' }
  const ended = (): string =>
    execFileSync('sh', ['-c', command], { cwd: copy.folder, env: environment, encoding: 'utf8', timeout: 60_000 })
  expect(ended).toThrow(
    expect.objectContaining({
      status: 1,
      stdout: expect.stringMatching(
        /^environments\/dev\/manifests could not be written: .+\. Nothing was changed in it\. /,
      ),
    }),
  )
  expect(readFileSync(deployment, 'utf8')).toBe('kind: Old\n')
  expect(readdirSync(join(copy.folder, '.hadal/render'))).toEqual([])
})

test('the command exits with 1 if a manifest differs', async () => {
  rmSync(join(copy.folder, manifest))
  const { status, output } = await hadal(copy.folder, ['render', '--check', 'dev'])
  expect(output).toContain(`  missing  ${manifest}\n`)
  expect(status).toBe(1)
})

test('the command rejects an unknown environment and lists the known ones', async () => {
  const { status, errors } = await hadal(copy.folder, ['render', 'prdo'])
  expect(status).toBe(1)
  expect(errors).toContain('Unknown environment. Known environments: dev, prod, staging.')
  expect(errors).toContain('Write "prod" if that is meant')
  expect(errors).not.toMatch(/\n\s+at /)
})

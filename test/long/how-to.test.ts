import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CheckoutCopy, checkoutCopy } from '../checkout-copy.ts'
import { root } from '../repository-copy.ts'

/*
 * Follows the how-tos in a copy of the checkout: it runs every `sh` block and writes every block that names a file to that file, in their order.
 * All how-tos use the same copy. The last test checks everything that they created.
 */

const slow = 300_000
const digest = `sha256:${'12'.repeat(32)}`
let copy: CheckoutCopy
let origin = ''

beforeAll(() => {
  origin = mkdtempSync(join(tmpdir(), 'hadal-origin-'))
  copy = checkoutCopy()
  execFileSync('git', ['init', '--quiet', '--bare', origin])
  // The environment dev has a released image.
  const release = join(copy.folder, 'environments/dev/release.json')
  const written: { image: object } = JSON.parse(readFileSync(release, 'utf8'))
  writeFileSync(release, `${JSON.stringify({ image: { ...written.image, digest } }, null, 2)}\n`)
  execFileSync('hadal', ['render'], { cwd: copy.folder, env: copy.environment })
  copy.git('add', '--all')
  copy.git('commit', '--quiet', '--message', 'Release')
  copy.git('remote', 'add', 'origin', origin)
  copy.git('push', '--quiet', '--set-upstream', 'origin', 'main')
}, slow)
afterAll(() => {
  // The copy is undefined if its creation failed.
  copy?.remove()
  rmSync(origin, { recursive: true, force: true })
})

type Block = { readonly script: string } | { readonly file: string; readonly text: string }

/** Returns the code blocks of a how-to that a reader executes or copies: `sh` blocks, and blocks that name a file after their language. */
function blocks(name: string): Block[] {
  const markdown = readFileSync(join(root, 'docs/how-to', name), 'utf8')
  return [...markdown.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].flatMap(
    ([, language, file, text = '']): Block[] => (language === 'sh' ? [{ script: text }] : file ? [{ file, text }] : []),
  )
}

/** Runs commands as if pasted into a terminal, but stops at the first failure. */
function shell(script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd: copy.folder, env: copy.environment, timeout: slow }
    execFile('bash', ['-euo', 'pipefail', '-c', script], options, (error, output, errors) => {
      if (error) reject(new Error(`${script}\nfailed with ${error.code}:\n${output}${errors}`))
      else resolve(output)
    })
  })
}

async function follow(name: string): Promise<string> {
  const found = blocks(name)
  expect(found.length).toBeGreaterThan(0)
  let output = ''
  for (const block of found) {
    if ('script' in block) output += await shell(block.script)
    else {
      mkdirSync(dirname(join(copy.folder, block.file)), { recursive: true })
      writeFileSync(join(copy.folder, block.file), block.text)
    }
  }
  return output
}

test('Promote a release', { timeout: slow }, async () => {
  const output = await follow('promote-a-release.md')
  expect(output).toContain('environments/staging/release.json now has the image of dev')
  expect(output).toContain('Deployment deep-agents')
  expect(readFileSync(join(copy.folder, 'environments/staging/release.json'), 'utf8')).toContain(digest)
  expect(execFileSync('git', ['branch', '--list'], { cwd: origin, encoding: 'utf8' })).toContain(
    'promote-dev-to-staging',
  )
})

test('Add an environment', { timeout: slow }, async () => {
  const output = await follow('add-an-environment.md')
  expect(output).toMatch(/^trial: \d+ objects, as committed$/m)
  expect(output).toContain('- Environment **trial** is new.')
})

test('Add an agent', { timeout: slow }, async () => {
  expect(await follow('add-an-agent.md')).toContain('support-desk')
})

test('Add an alert', { timeout: slow }, async () => {
  await follow('add-an-alert.md')
  const rules = 'environments/trial/manifests/observability/PrometheusRule.deep-agents.yaml'
  expect(readFileSync(join(copy.folder, rules), 'utf8')).toContain('alert: RunsWaitLong')
})

test('Add a middleware', { timeout: slow }, async () => {
  expect(await follow('add-a-middleware.md')).toContain('front-desk')
})

test('all created files are formatted, typed, rendered and described, and nothing else changed', {
  timeout: slow,
}, async () => {
  copy.git('add', '--all')
  const changed = copy.git('diff', '--cached', '--name-only', 'origin/main').split('\n').filter(Boolean)
  const made = changed.filter((file) => !file.startsWith('environments/'))
  expect(made).toEqual([
    'charts/src/alerts/all.ts',
    'charts/src/alerts/runs-wait-long.ts',
    'docs/runbooks/RunsWaitLong.md',
    'packages/agents/agents.json',
    'packages/agents/langgraph.json',
    'packages/agents/src/front-desk/front-desk.test.ts',
    'packages/agents/src/front-desk/front-desk.ts',
    'packages/agents/src/support-desk/support-desk.test.ts',
    'packages/agents/src/support-desk/support-desk.ts',
    'packages/middleware/src/answer-language.test.ts',
    'packages/middleware/src/answer-language.ts',
  ])
  await shell(`biome check --error-on-warnings --no-errors-on-unmatched ${made.join(' ')} environments/trial`)
  await shell('hadal render --check')
  await shell(
    'vitest run --project contract test/contract/import-law.test.ts test/contract/alerts.test.ts test/contract/agents-description.test.ts',
  )
  const types = await shell('tsc -p tsconfig.json || true')
  expect(
    types.split('\n').filter((line) => [...made, 'environments/trial'].some((file) => line.startsWith(file))),
  ).toEqual([])
})

import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CheckoutCopy, checkoutCopy } from '../checkout-copy.ts'
import { howTos, stepsOf, withFields } from './how-to-page.ts'
import { ways } from './how-to-ways.ts'
import { changeEverything } from './own-work.ts'

/*
 * Follows every how-to in one clone of the checkout: runs its commands, writes its files and its fields of config.ts, in their order, and commits.
 * Then it changes everything that belongs to a user, and runs `npm test` whole in the clone.
 */

const slow = 300_000
/** The whole of `npm test` on a machine that runs other tests at the same time. */
const wholeTest = 1_500_000
const digest = `sha256:${'12'.repeat(32)}`
/** Pages whose environments or branches the others need. */
const first = ['promote-a-release.md', 'add-an-environment.md']
const pages = [...first, ...readdirSync(howTos).filter((page) => page.endsWith('.md') && !first.includes(page))]
/** A checkout in which a user followed the how-tos has their files already. */
const wasFollowed = existsSync(join(howTos, '../../environments/trial'))

const quota =
  "quota: { requests: { cpu: '60', memory: '120Gi' }, limits: { cpu: '300', memory: '300Gi' }, pods: 90 },\n"

let copy: CheckoutCopy
let origin = ''

beforeAll(async () => {
  origin = mkdtempSync(join(tmpdir(), 'hadal-origin-'))
  copy = checkoutCopy()
  execFileSync('git', ['init', '--quiet', '--bare', origin])
  // The environment dev has a released image.
  const release = join(copy.folder, 'environments/dev/release.json')
  const written: { image: object } = JSON.parse(readFileSync(release, 'utf8'))
  writeFileSync(release, `${JSON.stringify({ image: { ...written.image, digest } }, null, 2)}\n`)
  // Rendering asks for more where a page adds pods or containers.
  await configure(environmentsOf(), quota)
  await shell('hadal render')
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

/** Runs commands as if pasted into a terminal, but stops at the first failure. */
function shell(script: string, timeout = slow): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd: copy.folder, env: copy.environment, timeout, maxBuffer: 64 * 1024 * 1024 }
    execFile('bash', ['--norc', '-euo', 'pipefail', '-c', script], options, (error, output, errors) => {
      if (error) reject(new Error(`${script}\nfailed with ${error.code ?? error.signal}:\n${output}${errors}`))
      else resolve(output)
    })
  })
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(copy.folder, path)), { recursive: true })
  writeFileSync(join(copy.folder, path), text)
}

const environmentsOf = (): string[] => readdirSync(join(copy.folder, 'environments'))

/** Writes fields into the configuration of environments, and formats them. */
async function configure(environments: readonly string[], fields: string): Promise<void> {
  for (const environment of environments) {
    const path = `environments/${environment}/config.ts`
    write(path, withFields(readFileSync(join(copy.folder, path), 'utf8'), fields))
  }
  await shell('biome check --write environments/*/config.ts >/dev/null')
}

async function follow(page: string): Promise<string> {
  const { before, files = {}, prepare, environments = 'trial', instead = [] } = ways[page] ?? {}
  const own = (text: string): string => instead.reduce((now, [part, written]) => now.replaceAll(part, written), text)
  for (const [path, text] of Object.entries(files)) write(path, text)
  prepare?.(copy.folder)
  const configured = environments === 'every' ? environmentsOf() : [environments]
  let output = ''
  const inOneTerminal: string[] = []
  for (const step of stepsOf(page)) {
    if ('file' in step) write(step.file, own(step.text))
    else if ('fields' in step) await configure(configured, own(step.fields))
    else if (before === undefined) output += await shell(own(step.commands))
    else inOneTerminal.push(own(step.commands))
  }
  if (before !== undefined) output += await shell([before, ...inOneTerminal].join('\n'))
  return output
}

test('every entry of the table of ways is about a page', () => {
  expect(Object.keys(ways).filter((page) => !pages.includes(page))).toEqual([])
})

describe.skipIf(wasFollowed)('a user', () => {
  test.each(pages)('follows %s', { timeout: slow }, async (page) => {
    if (ways[page]?.notHere !== undefined) return
    const output = await follow(page)
    await shell(`hadal render >/dev/null
      git add --all
      git commit --quiet --allow-empty --message Followed
      git switch --quiet --force-create main`)
    for (const sentence of said[page] ?? []) expect(output).toMatch(sentence)
  })

  test('has an environment, agents, a middleware and an alert afterwards, and no other changes', () => {
    const changed = copy.git('diff', '--name-only', 'origin/main').split('\n').filter(Boolean)
    expect(changed.filter((file) => !file.startsWith('environments/'))).toEqual([
      'charts/src/alerts/all.ts',
      'charts/src/alerts/runs-wait-long.ts',
      'charts/src/components/agent/pod.ts',
      'charts/src/images.json',
      'docs/runbooks/RunsWaitLong.md',
      'infra/operators.json',
      'infra/operators/keda.yaml',
      'packages/agents/agents.json',
      'packages/agents/langgraph.json',
      'packages/agents/package.json',
      ...['front-desk', 'support-desk', 'ticket-desk'].flatMap((name) => [
        `packages/agents/src/${name}/${name}.test.ts`,
        `packages/agents/src/${name}/${name}.ts`,
      ]),
      'packages/middleware/src/answer-language.test.ts',
      'packages/middleware/src/answer-language.ts',
      'packages/platform/src/fixed-resources.ts',
      'packages/platform/src/largest-scale-out.ts',
      'pnpm-lock.yaml',
    ])
    const rules = 'environments/trial/manifests/observability/PrometheusRule.deep-agents.yaml'
    expect(readFileSync(join(copy.folder, rules), 'utf8')).toContain('alert: RunsWaitLong')
    expect(readFileSync(join(copy.folder, 'environments/staging/release.json'), 'utf8')).toContain(digest)
    expect(execFileSync('git', ['branch', '--list'], { cwd: origin, encoding: 'utf8' })).toContain(
      'promote-dev-to-staging',
    )
  })

  test('renames, removes and adds what is theirs, and npm test passes', { timeout: wholeTest }, async () => {
    await changeEverything({ shell, write, read: (path) => readFileSync(join(copy.folder, path), 'utf8') })
    await shell('git add --all && git commit --quiet --message "Our own work"')
    const output = await shell('npm test', wholeTest).catch(String)
    const [last = ''] = output.match(/^\d+ passed, \d+ failed$/gm)?.slice(-1) ?? []
    expect(last, output).toMatch(/^\d{4,} passed, 0 failed$/)
  })
})

/** What the output of the commands of a page contains. */
const said: Readonly<Record<string, readonly RegExp[]>> = {
  'promote-a-release.md': [/environments\/staging\/release\.json now has the image of dev/, /Deployment deep-agents/],
  'add-an-environment.md': [/^trial: \d+ objects, as committed$/m, /- Environment \*\*trial\*\* is new\./],
  'add-an-agent.md': [/support-desk/],
  'add-a-middleware.md': [/front-desk/],
}

import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import { rootApplication } from '@hadal/infra/argo-cd/root-application'
import { type ReleaseName, releases } from '@hadal/infra/operators/releases'
import { loadEnvironment } from '@hadal/platform/load-environment'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CheckoutCopy, checkoutCopy } from '../../checkout-copy.ts'
import { root } from '../../repository-copy.ts'
import { type Engine, moduleRelease, releaseFiles, startEngine } from './engine.ts'

/*
 * Follows docs/how-to/from-an-empty-cluster.md as it is written: every `sh` block is run in a copy of the checkout, in their order. What asks a
 * cluster stands in `console` blocks, since here is none.
 */

const page = readFileSync(join(root, 'docs/how-to/from-an-empty-cluster.md'), 'utf8')
const back = '## And back'
/** The `sh` blocks of a part of the page, as pasted into one terminal. */
const commands = (part: string): string =>
  [...part.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text).join('')

const key = 'value of the key of a provider'
const environment = await loadEnvironment(root, 'dev')
let copy: CheckoutCopy
let engine: Engine

beforeAll(async () => {
  engine = await startEngine()
  copy = checkoutCopy()
  process.stdout.write(
    "Pulumi's command and engine are real; Node programs are started by a small language host of these tests, not by pulumi-language-nodejs, and the providers were recorded, not real.\n",
  )
  writeLanguageHost(join(copy.folder, '.hadal/bin'))
  await fillReleaseCache(join(copy.folder, 'infra/node_modules/.cache/releases'))
})
afterAll(() => {
  engine?.stop()
  copy?.remove()
})

/** The command that the engine looks for on PATH. */
function writeLanguageHost(bin: string): void {
  mkdirSync(bin, { recursive: true })
  const file = join(bin, 'pulumi-language-nodejs')
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${join(import.meta.dirname, 'language-host.ts')}" "$@"\n`)
  chmodSync(file, 0o755)
}

/** What a person's first run fetches, since these tests reach no such address. */
async function fillReleaseCache(cache: string): Promise<void> {
  mkdirSync(cache, { recursive: true })
  for (const name of Object.keys(releaseFiles).filter((it): it is ReleaseName => it in releases)) {
    const { sha256 } = { sha256: undefined, ...releases[name] }
    writeFileSync(join(cache, `${name}-${sha256}.yaml`), await moduleRelease(name))
  }
}

const variables = (): NodeJS.ProcessEnv => ({
  ...copy.environment,
  ...engine.variables,
  PATH: [join(copy.folder, '.hadal/bin'), dirname(engine.binary), copy.environment.PATH].join(delimiter),
  ANTHROPIC_API_KEY: key,
  // The engine writes all of its state anew before and after each resource: with megabytes of kinds, minutes.
  PULUMI_EXPERIMENTAL: 'true',
  PULUMI_SKIP_CHECKPOINTS: 'true',
})

const shell = (script: string, cwd = copy.folder): string =>
  execFileSync('bash', ['-euo', 'pipefail', '-c', script], {
    cwd,
    env: variables(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  })

const kindsThere = (): unknown[] => engine.providers.recordings('kubernetes').map(({ properties }) => properties.kind)

test('the way up makes all of the releases as they were published, and the root Application', {
  timeout: 600_000,
}, () => {
  const said = shell(commands(page.slice(0, page.indexOf(back))))
  expect(said).toMatch(/\+ \d+ created/)
  expect(said).not.toContain(key)
  const kinds = kindsThere()
  // Argo CD's and prometheus-operator's.
  expect(kinds.filter((kind) => kind === 'CustomResourceDefinition')).toHaveLength(3 + 10)
  expect(kinds.filter((kind) => kind === 'Deployment')).toHaveLength(6 + 1)
  const applications = engine.providers
    .recordings('kubernetes')
    .filter(({ properties }) => properties.kind === 'Application')
  expect(applications.map(({ properties }) => properties)).toMatchObject([rootApplication(environment)])
})

test('the stack file then holds ciphertext where a secret was set', () => {
  const text = readFileSync(join(copy.folder, 'infra/Pulumi.dev.yaml'), 'utf8')
  expect(text).toMatch(/hadal:llm-credentials\/anthropic-key:\s+secure: /)
  expect(text).not.toContain(key)
  expect(engine.state()).not.toContain(key)
})

test('a stack that has no environment is refused with a sentence', () => {
  const infra = join(copy.folder, 'infra')
  shell('pulumi stack init dve', infra)
  const options = { cwd: infra, env: variables(), encoding: 'utf8' } as const
  const { status, stdout, stderr } = spawnSync('pulumi', ['preview', '--stack', 'dve', '--non-interactive'], options)
  shell('pulumi stack rm dve --yes && pulumi stack select dev', infra)
  expect(status).not.toBe(0)
  const said = `${stdout}${stderr}`
  expect(said).toContain('There is no such environment. Known: dev, prod, staging. Write "dev" if that is meant')
  expect(said).not.toContain('    at ')
})

test('the way back leaves the definitions of kinds, and the state as a file without a secret in clear', {
  timeout: 600_000,
}, () => {
  expect(shell(commands(page.slice(page.indexOf(back))), join(copy.folder, 'infra'))).toMatch(/- \d+ deleted/)
  expect(new Set(kindsThere())).toEqual(new Set(['CustomResourceDefinition']))
  expect(readFileSync(join(copy.folder, 'dev.stack.json'), 'utf8')).not.toContain(key)
})

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type GitCopy, gitCopy } from '../git-copy.ts'

const repository = 'registry.example.com/hadal/deep-agents'
const digest = `sha256:${'12'.repeat(32)}`

let copy: GitCopy
const path = (file: string): string => join(copy.folder, 'environments', file)
const changed = (): string[] => copy.git('status', '--porcelain').split('\n').filter(Boolean)

/** Gives an environment a release as `hadal release pin` does, renders it and commits it. */
async function released(name: string): Promise<void> {
  writeFileSync(path(`${name}/release.json`), `${JSON.stringify({ image: { repository, digest } }, null, 2)}\n`)
  expect((await copy.hadal('render', name)).status).toBe(0)
  copy.commit(`${name} runs a release`)
}

beforeAll(async () => {
  copy = await gitCopy()
  await released('staging')
  copy.git('tag', '--force', 'start')
})
beforeEach(() => copy.reset())
afterAll(() => copy.remove())

test('copies the image and renders the environment, and changes nothing else', async () => {
  const { status, output, errors } = await copy.hadal('promote', 'staging', 'prod')
  expect(errors).toBe('')
  expect(status).toBe(0)
  expect(readFileSync(path('prod/release.json'), 'utf8')).toBe(readFileSync(path('staging/release.json'), 'utf8'))
  expect((await copy.hadal('render', '--check')).status).toBe(0)
  const files = changed()
  expect(files.length).toBeGreaterThan(1)
  for (const file of files) expect(file).toMatch(/^ M environments\/prod\/(release\.json|manifests\/.*\.yaml)$/)

  expect(output).toContain(`  + ${repository}@${digest}\n`)
  expect(output).toMatch(
    /Deployment deep-agents:\n {2}- spec\.template\.spec\.containers\[agent\]\.image: .*\n {2}\+ .*1212/,
  )
  expect(output).toContain('Title: Promote staging to prod: deep-agents 121212121212\n')
})

test('prints commands that create the branch when pasted', async () => {
  const { output } = await copy.hadal('promote', 'staging', 'prod')
  const commands = output.match(/^ {2}git .*$/gm)?.map((line) => line.trim()) ?? []
  expect(commands.map((command) => command.split(' ')[1])).toEqual(['switch', 'add', 'commit', 'push'])
  for (const command of commands.slice(0, 3))
    copy.git(...(command.match(/"[^"]*"|\S+/g) ?? []).slice(1).map((word) => word.replaceAll('"', '')))
  expect(changed()).toEqual([])
  expect(copy.git('log', '-1', '--format=%s')).toBe('Promote staging to prod: deep-agents 121212121212\n')
  expect(copy.git('branch', '--show-current')).toBe('promote-staging-to-prod-121212121212\n')
})

test('does nothing if the target already runs the image', async () => {
  await released('prod')
  const { status, output } = await copy.hadal('promote', 'staging', 'prod')
  expect(output).toContain('There is nothing to promote')
  expect(status).toBe(0)
  expect(changed()).toEqual([])
})

test.each([
  ['the same environment', ['staging', 'staging'], 'Name two different environments'],
  ['an unknown source', ['stagin', 'prod'], 'Write "staging" if that is meant'],
  ['an unknown target', ['staging', 'prdo'], 'Write "prod" if that is meant'],
  ['an image that was never released', ['dev', 'prod'], 'environments/dev/release.json has no release'],
])('rejects %s', async (_what, args, sentence) => {
  const { status, errors } = await copy.hadal('promote', ...args)
  expect(errors).toContain(sentence)
  expect(status).toBe(1)
  expect(changed()).toEqual([])
})

test('rejects a target with uncommitted changes, and keeps them', async () => {
  writeFileSync(path('prod/notes.txt'), 'mine\n')
  const { status, errors } = await copy.hadal('promote', 'staging', 'prod')
  expect(errors).toContain(
    'environments/prod has uncommitted changes:\n?? environments/prod/notes.txt\nCommit them first.',
  )
  expect(status).toBe(1)
  expect(changed()).toEqual(['?? environments/prod/notes.txt'])
})

test('rejects a target whose committed manifests differ from the rendered ones', async () => {
  const file = path('prod/manifests/agent/Service.deep-agents.yaml')
  writeFileSync(file, `${readFileSync(file, 'utf8')}# by hand\n`)
  copy.commit('By hand')
  const { status, errors } = await copy.hadal('promote', 'staging', 'prod')
  expect(errors).toContain('environments/prod/manifests differs from the rendered manifests')
  expect(status).toBe(1)
  expect(changed()).toEqual([])
})

test('rejects a source whose release is not committed, or committed without its manifests', async () => {
  const release = JSON.stringify({ image: { repository, digest: `sha256:${'34'.repeat(32)}` } }, null, 2)
  writeFileSync(path('staging/release.json'), release)
  const uncommitted = await copy.hadal('promote', 'staging', 'prod')
  expect(uncommitted.errors).toContain(
    'environments/staging has uncommitted changes:\n M environments/staging/release.json\nCommit them first.',
  )
  expect(uncommitted.status).toBe(1)
  expect(changed()).toEqual([' M environments/staging/release.json'])

  copy.commit('Not rendered')
  const unrendered = await copy.hadal('promote', 'staging', 'prod')
  expect(unrendered.errors).toContain('environments/staging/manifests differs from the rendered manifests')
  expect(unrendered.status).toBe(1)
  expect(changed()).toEqual([])
})

test('says what the work tree has now, and not what the cluster runs', async () => {
  const { output } = await copy.hadal('promote', 'staging', 'prod')
  expect(output.split('\n')[0]).toBe(
    'environments/prod/release.json now has the image of staging at the checked-out commit. prod runs it after the merge:',
  )
  copy.commit('Promoted')
  expect((await copy.hadal('promote', 'staging', 'prod')).output).toBe(
    `environments/prod/release.json already has the image of staging, ${repository}@${digest}. There is nothing to promote.\n`,
  )
})

test('rejects a target that does not take its release from release.json', async () => {
  const config = path('prod/config.ts')
  const text = readFileSync(config, 'utf8')
  writeFileSync(
    config,
    text.replace('  release,', `  release: { image: { repository: '${repository}', digest: '${digest}' } },`),
  )
  copy.commit('Inline')
  const { status, errors } = await copy.hadal('promote', 'staging', 'prod')
  expect(errors).toContain("environments/prod/config.ts doesn't take its release from environments/prod/release.json")
  expect(status).toBe(1)
})

test('keeps the old release if the manifests can not be written', async () => {
  // A file in the place of a folder: creating the folder fails, as a write to a full disk does.
  mkdirSync(join(copy.folder, '.hadal'))
  writeFileSync(join(copy.folder, '.hadal/render'), '')
  const { status, errors } = await copy.hadal('promote', 'staging', 'prod')
  expect(errors).toContain('environments/prod could not be written')
  expect(status).toBe(1)
  expect(changed().filter((line) => line.includes('environments/'))).toEqual([])
})

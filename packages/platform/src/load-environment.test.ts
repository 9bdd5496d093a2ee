import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EnvironmentInput } from './environment.ts'
import { soundInput } from './fixtures/example-environment.ts'
import { loadEnvironment, loadEnvironments } from './load-environment.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hadal-environments-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

const release = JSON.stringify(soundInput.release)

/** A folder as a person writes it; `change` replaces fields. The release is its own file's. */
function writeEnvironment(name: string, change: Partial<EnvironmentInput> | object = {}): void {
  const { release: _, ...input } = { ...soundInput, name, namespace: name, ...change }
  const define = new URL('./define-environment.ts', import.meta.url).href
  write(`environments/${name}/release.json`, release)
  write(
    `environments/${name}/config.ts`,
    `import { defineEnvironment } from ${JSON.stringify(define)}
     import release from './release.json' with { type: 'json' }
     export default defineEnvironment({ ...${JSON.stringify(input)}, release })`,
  )
}

/** The sentences of what is thrown, without its title. */
async function sentencesOf(loading: Promise<unknown>): Promise<string[]> {
  const error: unknown = await loading.then(
    () => undefined,
    (reason) => reason,
  )
  return error instanceof Error ? error.message.split('\n- ').slice(1) : []
}

describe('the folder is the registry', () => {
  it('every folder is an environment, by name', async () => {
    writeEnvironment('prod')
    writeEnvironment('dev')
    write('environments/README.md', 'not an environment')
    write('environments/.hidden/file', 'nor this')
    expect((await loadEnvironments(root)).map(({ name }) => name)).toEqual(['dev', 'prod'])
  })

  it('one of them is loaded by its name', async () => {
    writeEnvironment('dev', { protected: false })
    const environment = await loadEnvironment(root, 'dev')
    expect(environment.release).toEqual(soundInput.release)
    expect(environment.agent.runsPerPod).toBe(10)
  })

  it('a fault of another does not keep one from being loaded', async () => {
    writeEnvironment('dev')
    writeEnvironment('prod', { surprise: 1 })
    expect((await loadEnvironment(root, 'dev')).name).toBe('dev')
  })

  it('an unknown name names the known ones and the nearest', async () => {
    writeEnvironment('dev')
    writeEnvironment('staging')
    expect(await sentencesOf(loadEnvironment(root, 'stagin'))).toEqual([
      'environments/stagin: There is no such environment. Known: dev, staging. Write "staging" if that is meant, or add the folder.',
    ])
    expect(await sentencesOf(loadEnvironment(root, '../dev'))).toHaveLength(1)
  })

  it('no folder at all is said with the place that was looked at', async () => {
    expect(await sentencesOf(loadEnvironments(root))).toEqual([
      `${join(root, 'environments')}: No folder of an environment is there. Write environments/<name>/config.ts and release.json there, or run this from a folder that has them.`,
    ])
    expect(await sentencesOf(loadEnvironment(root, 'dev'))).toEqual([
      'environments/dev: There is no such environment. Known: none. Add the folder, or name one of these.',
    ])
  })
})

describe('what is wrong with config.ts', () => {
  const config = (text: string) => {
    write('environments/dev/release.json', release)
    write('environments/dev/config.ts', text)
    return sentencesOf(loadEnvironment(root, 'dev'))
  }

  it('a missing file', async () => {
    mkdirSync(join(root, 'environments/dev'), { recursive: true })
    expect(await sentencesOf(loadEnvironment(root, 'dev'))).toHaveLength(2)
    write('environments/dev/release.json', release)
    expect(await sentencesOf(loadEnvironment(root, 'dev'))).toEqual([
      'environments/dev/config.ts: The file is missing. Copy the one of another environment, or remove the folder environments/dev.',
    ])
  })

  it('a missing default export', async () => {
    expect(await config('export const environment = {}')).toEqual([
      'environments/dev/config.ts: The file has no default export. Write "export default defineEnvironment({ … })".',
    ])
  })

  it('an error of its own, without a stack trace', async () => {
    expect(await config('throw new Error("no such region\\n    at somewhere.ts:1:1")')).toEqual([
      "environments/dev/config.ts: The file can't be loaded (no such region). Mend it.",
    ])
  })

  it('a slip of the pen', async () => {
    const sentences = await config('export default {{')
    expect(sentences).toHaveLength(1)
    expect(sentences[0]).toMatch(/^environments\/dev\/config\.ts: The file can't be loaded \(.+\)\. Mend it\.$/)
  })

  it('a default export that went round defineEnvironment is checked all the same', async () => {
    expect((await config('export default 5'))[0]).toBe(
      'environments/dev/config.ts: 5: Allowed is an object. Change it.',
    )
  })

  it('a name that is not its folder', async () => {
    writeEnvironment('dev', { name: 'prod' })
    expect(await sentencesOf(loadEnvironment(root, 'dev'))).toEqual([
      'environments/dev/config.ts: name = "prod": Allowed is the name of its folder, "dev". Change it, or rename the folder.',
    ])
  })

  it('fields, each with the file', async () => {
    writeEnvironment('dev', { surprise: 1, redis: { kind: 'sentinel' } })
    expect(await sentencesOf(loadEnvironment(root, 'dev'))).toEqual([
      'environments/dev/config.ts: redis.kind = "sentinel": Allowed is "cluster", "standalone", "external". Change it.',
      expect.stringMatching(/^environments\/dev\/config\.ts: surprise: There is no such field\./),
    ])
  })
})

describe('what is wrong with release.json', () => {
  it('a missing file is said once', async () => {
    writeEnvironment('dev')
    rmSync(join(root, 'environments/dev/release.json'))
    expect(await sentencesOf(loadEnvironment(root, 'dev'))).toEqual([
      'environments/dev/release.json: The file is missing. Copy the one of another environment.',
    ])
  })

  it('broken JSON is said once', async () => {
    writeEnvironment('dev')
    write('environments/dev/release.json', '{ "image": ')
    const sentences = await sentencesOf(loadEnvironment(root, 'dev'))
    expect(sentences).toHaveLength(1)
    expect(sentences[0]).toMatch(/^environments\/dev\/release\.json: The file is no JSON \(.+\)\. Mend it/)
  })

  it('a tag in place of the digest is said once, beside what is wrong with config.ts', async () => {
    writeEnvironment('dev', { surprise: 1 })
    const image = { repository: 'registry.example.com/hadal/deep-agents', digest: 'latest' }
    write('environments/dev/release.json', JSON.stringify({ image }))
    expect(await sentencesOf(loadEnvironment(root, 'dev'))).toEqual([
      'environments/dev/release.json: image.digest = "latest": Allowed is "sha256:" and 64 hexadecimal digits, never a tag such as "latest". Change it.',
      expect.stringMatching(/^environments\/dev\/config\.ts: surprise: /),
    ])
  })
})

describe('all environments', () => {
  it('have all their problems in one message', async () => {
    writeEnvironment('dev', { surprise: 1 })
    writeEnvironment('prod', { namespace: 'default' })
    const sentences = await sentencesOf(loadEnvironments(root))
    expect(sentences.map((sentence) => sentence.split(' ').slice(0, 2).join(' '))).toEqual([
      'environments/dev/config.ts: surprise:',
      'environments/prod/config.ts: namespace',
    ])
  })

  it('that are a copied folder say at once all that must differ', async () => {
    const secrets = { kind: 'external-secrets', store: { kind: 'SecretStore', name: 'vault' }, path: 'hadal/dev' }
    writeEnvironment('dev', { secrets })
    cpSync(join(root, 'environments/dev'), join(root, 'environments/fourth'), { recursive: true })
    const sentences = await sentencesOf(loadEnvironments(root))
    expect(sentences.map((sentence) => sentence.split(': Allowed')[0])).toEqual([
      'environments/fourth/config.ts: name = "dev"',
      'environments/fourth/config.ts: namespace = "dev"',
      'environments/fourth/config.ts: secrets.path = "hadal/dev"',
    ])
  })

  it('have a namespace each', async () => {
    writeEnvironment('dev', { namespace: 'hadal' })
    writeEnvironment('prod', { namespace: 'hadal' })
    expect(await sentencesOf(loadEnvironments(root))).toEqual([
      'environments/prod/config.ts: namespace = "hadal": Allowed is what no other environment has on https://kubernetes.default.svc; dev has this. Change it here, or in environments/dev/config.ts.',
    ])
  })
})

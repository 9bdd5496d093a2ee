import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { serverCapabilities } from './agents-description.ts'
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

const capabilities = Object.fromEntries(Object.keys(serverCapabilities).map((name) => [name, false]))
const release = JSON.stringify(soundInput.release)

/** Writes an environment's folder; `change` replaces fields of config.ts. The release is in its own file. */
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

/** Returns the problems in an error's message, without its title. */
async function sentencesOf(loading: Promise<unknown>): Promise<string[]> {
  const error: unknown = await loading.then(
    () => undefined,
    (reason) => reason,
  )
  return error instanceof Error ? error.message.split('\n- ').slice(1) : []
}

describe('the folder environments/', () => {
  it('has one folder per environment, sorted by name', async () => {
    writeEnvironment('prod')
    writeEnvironment('dev')
    write('environments/README.md', 'not an environment')
    write('environments/.hidden/file', 'nor this')
    expect((await loadEnvironments(root)).map(({ name }) => name)).toEqual(['dev', 'prod'])
  })

  it('loads one environment by its name', async () => {
    writeEnvironment('dev', { protected: false })
    const environment = await loadEnvironment(root, 'dev')
    expect(environment.release).toEqual(soundInput.release)
    expect(environment.agent.runsPerPod).toBe(10)
  })

  it('loads an environment although another one is invalid', async () => {
    writeEnvironment('dev')
    writeEnvironment('prod', { surprise: 1 })
    expect((await loadEnvironment(root, 'dev')).name).toBe('dev')
  })

  it('rejects an unknown name with the known names and the nearest', async () => {
    writeEnvironment('dev')
    writeEnvironment('staging')
    expect(await sentencesOf(loadEnvironment(root, 'stagin'))).toEqual([
      'environments/stagin: Unknown environment. Known environments: dev, staging. Write "staging" if that is meant, or add the folder.',
    ])
    expect(await sentencesOf(loadEnvironment(root, '../dev'))).toHaveLength(1)
  })

  it('reports the missing folder with its path', async () => {
    expect(await sentencesOf(loadEnvironments(root))).toEqual([
      `${join(root, 'environments')}: The folder contains no environment. Add environments/<name>/config.ts and release.json, or run the command in a repository that has them.`,
    ])
    expect(await sentencesOf(loadEnvironment(root, 'dev'))).toEqual([
      'environments/dev: Unknown environment. Known environments: none. Use a known name, or add the folder.',
    ])
  })
})

describe('config.ts', () => {
  const config = (text: string) => {
    write('environments/dev/release.json', release)
    write('environments/dev/config.ts', text)
    return sentencesOf(loadEnvironment(root, 'dev'))
  }

  it('is reported if it is missing', async () => {
    mkdirSync(join(root, 'environments/dev'), { recursive: true })
    expect(await sentencesOf(loadEnvironment(root, 'dev'))).toHaveLength(2)
    write('environments/dev/release.json', release)
    expect(await sentencesOf(loadEnvironment(root, 'dev'))).toEqual([
      'environments/dev/config.ts: The file is missing. Copy the file of another environment, or remove the folder environments/dev.',
    ])
  })

  it('is reported if its default export is missing', async () => {
    expect(await config('export const environment = {}')).toEqual([
      'environments/dev/config.ts: The file has no default export. Write "export default defineEnvironment({ … })".',
    ])
  })

  it('is reported if it throws an error, without a stack trace', async () => {
    expect(await config('throw new Error("no such region\\n    at somewhere.ts:1:1")')).toEqual([
      "environments/dev/config.ts: The file can't be loaded (no such region). Fix it.",
    ])
  })

  it('is reported if it has a syntax error', async () => {
    const sentences = await config('export default {{')
    expect(sentences).toHaveLength(1)
    expect(sentences[0]).toMatch(/^environments\/dev\/config\.ts: The file can't be loaded \(.+\)\. Fix it\.$/)
  })

  it('is validated although its default export does not come from defineEnvironment', async () => {
    expect((await config('export default 5'))[0]).toBe('environments/dev/config.ts: 5: Must be an object. Change it.')
  })

  it('is reported if its name is not the name of its folder', async () => {
    writeEnvironment('dev', { name: 'prod' })
    expect(await sentencesOf(loadEnvironment(root, 'dev'))).toEqual([
      'environments/dev/config.ts: name = "prod": Must be the name of its folder, "dev". Change it, or rename the folder.',
    ])
  })

  it('is named in the problem of each field', async () => {
    writeEnvironment('dev', { surprise: 1, redis: { kind: 'sentinel' } })
    expect(await sentencesOf(loadEnvironment(root, 'dev'))).toEqual([
      'environments/dev/config.ts: redis.kind = "sentinel": Must be one of "cluster", "standalone", "external". Change it.',
      expect.stringMatching(/^environments\/dev\/config\.ts: surprise: Unknown field\./),
    ])
  })
})

describe('release.json', () => {
  it('is reported once if it is missing', async () => {
    writeEnvironment('dev')
    rmSync(join(root, 'environments/dev/release.json'))
    expect(await sentencesOf(loadEnvironment(root, 'dev'))).toEqual([
      'environments/dev/release.json: The file is missing. Copy the file of another environment.',
    ])
  })

  it('is reported once if it is not valid JSON', async () => {
    writeEnvironment('dev')
    write('environments/dev/release.json', '{ "image": ')
    const sentences = await sentencesOf(loadEnvironment(root, 'dev'))
    expect(sentences).toHaveLength(1)
    expect(sentences[0]).toMatch(/^environments\/dev\/release\.json: The file is not valid JSON \(.+\)\. Fix it/)
  })

  it('is reported once if it has a tag instead of a digest, beside the problems of config.ts', async () => {
    writeEnvironment('dev', { surprise: 1 })
    const image = { repository: 'registry.example.com/hadal/deep-agents', digest: 'latest' }
    write('environments/dev/release.json', JSON.stringify({ image }))
    expect(await sentencesOf(loadEnvironment(root, 'dev'))).toEqual([
      'environments/dev/release.json: image.digest = "latest": Must be "sha256:" and 64 hexadecimal digits, not a tag such as "latest". Change it.',
      expect.stringMatching(/^environments\/dev\/config\.ts: surprise: /),
    ])
  })
})

describe('all environments', () => {
  it('report all their problems in one message', async () => {
    writeEnvironment('dev', { surprise: 1 })
    writeEnvironment('prod', { namespace: 'default' })
    const sentences = await sentencesOf(loadEnvironments(root))
    expect(sentences.map((sentence) => sentence.split(' ').slice(0, 2).join(' '))).toEqual([
      'environments/dev/config.ts: surprise:',
      'environments/prod/config.ts: namespace',
    ])
  })

  it('report every field of a copied folder that must differ', async () => {
    const secrets = { kind: 'external-secrets', store: { kind: 'SecretStore', name: 'vault' }, path: 'hadal/dev' }
    writeEnvironment('dev', { secrets })
    cpSync(join(root, 'environments/dev'), join(root, 'environments/fourth'), { recursive: true })
    const sentences = await sentencesOf(loadEnvironments(root))
    expect(sentences.map((sentence) => sentence.split(': Must')[0])).toEqual([
      'environments/fourth/config.ts: name = "dev"',
      'environments/fourth/config.ts: namespace = "dev"',
      'environments/fourth/config.ts: secrets.path = "hadal/dev"',
    ])
  })

  it('must have different namespaces', async () => {
    writeEnvironment('dev', { namespace: 'hadal' })
    writeEnvironment('prod', { namespace: 'hadal' })
    expect(await sentencesOf(loadEnvironments(root))).toEqual([
      'environments/prod/config.ts: namespace = "hadal": Must be unique among environments on the cluster "default", but dev has the same value. Change it here, or in environments/dev/config.ts. If they are on different clusters, set cluster.name.',
    ])
  })
})

describe('settings and secrets of agents', () => {
  const description = {
    server: {},
    graphs: [{ graph: 'tickets', kind: 'other', settings: {}, secrets: { TICKETS_TOKEN: { required: true } } }],
  }

  it('must be those that the agents of the repository declare', async () => {
    writeEnvironment('dev')
    write('packages/agents/agents.json', JSON.stringify({ ...description, server: capabilities }))
    expect(await sentencesOf(loadEnvironment(root, 'dev'))).toEqual([
      'environments/dev/config.ts: agents.tickets.secrets.TICKETS_TOKEN: Missing. The agent declares this secret. Add its name to the list, and its value to the stack: "pulumi config set --secret hadal:agent-tickets/TICKETS_TOKEN".',
    ])
  })

  it('can not be given while the description of the agents is missing', async () => {
    writeEnvironment('dev', { agents: { tickets: { secrets: ['TICKETS_TOKEN'] } } })
    expect(await sentencesOf(loadEnvironment(root, 'dev'))).toEqual([
      'environments/dev/config.ts: agents: Can\'t be compared with the agents, because packages/agents/agents.json is missing or invalid. Run "npm run describe".',
    ])
  })
})

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { type FakeEngine, startFakeEngine } from '../sandboxes/fixtures/fake-container-engine.ts'

const database = createDatabase()
const agents = { AGENTS_CONFIG: join(import.meta.dirname, '../fixtures/backends/langgraph.json') }
let volume: string
let engine: FakeEngine
let server: TestServer

beforeAll(async () => {
  volume = await mkdtemp(join(tmpdir(), 'volume-'))
  engine = await startFakeEngine(['busybox'])
  server = await startTestServer(database(), {
    ...agents,
    APPROVALS_ENABLED: 'false',
    BATCH_FOLDER: volume,
    SANDBOX: 'docker',
    SANDBOX_DOCKER_SOCKET: engine.socketPath,
    SANDBOX_IMAGE: 'busybox',
  })
})
afterAll(async () => {
  await server?.drain()
  await engine.close()
  await rm(volume, { recursive: true })
})

const newThread = async (): Promise<string> => (await server.client.threads.create()).thread_id

/** Runs an agent that calls the tool once, and returns the state of the thread as JSON. */
async function use(graph: string, thread: string, tool: string, args: object): Promise<string> {
  const input = { messages: [{ role: 'human', content: JSON.stringify({ tool, args }) }] }
  const values = await server.client.runs.wait(thread, graph, { input })
  return JSON.stringify(values)
}

const write = (graph: string, thread: string, path: string, content: string): Promise<string> =>
  use(graph, thread, 'write_file', { file_path: path, content })
const read = (graph: string, thread: string, path: string): Promise<string> =>
  use(graph, thread, 'read_file', { file_path: path })

describe('the files of an agent', () => {
  test('are in the state of its thread for "web"', async () => {
    const [one, two] = [await newThread(), await newThread()]
    await write('web', one, '/note.md', 'in the state')
    expect(await read('web', one, '/note.md')).toContain('in the state')
    expect(await read('web', two, '/note.md')).not.toContain('in the state')
    const { values } = await server.client.threads.getState(one)
    expect(JSON.stringify(values)).toContain('/note.md')
  })

  test('are in a folder of its thread for "batch"', async () => {
    const [one, two] = [await newThread(), await newThread()]
    await write('batch', one, '/deep/note.md', 'on the volume')
    expect(await readFile(join(volume, 'default', one, 'deep/note.md'), 'utf8')).toBe('on the volume')
    expect(await read('batch', one, '/deep/note.md')).toContain('on the volume')
    expect(await read('batch', two, '/deep/note.md')).not.toContain('on the volume')
    expect(await read('batch', two, `/../${one}/deep/note.md`)).not.toContain('on the volume')
  })

  test('under /memories/ and /configs/ are in the store for "container", shared by the threads of one agent only', async () => {
    const [one, two] = [await newThread(), await newThread()]
    await write('container', one, '/memories/user.md', 'likes tea')
    await write('container', one, '/configs/tone.md', 'friendly')
    await write('container', one, '/draft.md', 'only here')
    expect(await read('container', two, '/memories/user.md')).toContain('likes tea')
    expect(await read('container', two, '/configs/tone.md')).toContain('friendly')
    expect(await read('container', two, '/draft.md')).not.toContain('only here')
    expect(await read('other', await newThread(), '/memories/user.md')).not.toContain('likes tea')
    const pool = new pg.Client({ connectionString: database() })
    await pool.connect()
    const { rows } = await pool.query('SELECT tenant, namespace, key FROM hadal.store_item ORDER BY namespace')
    await pool.end()
    await use('container', two, 'delete', { file_path: '/memories/user.md' })
    expect(await read('container', one, '/memories/user.md')).toContain('not found')
    expect(rows).toEqual([
      { tenant: 'default', namespace: ['container', 'configs'], key: '/tone.md' },
      { tenant: 'default', namespace: ['container', 'memories'], key: '/user.md' },
    ])
  })

  test('are in the sandbox of its thread for "sandbox", which runs commands, and they are counted', async () => {
    const thread = await newThread()
    expect(await use('sandbox', thread, 'execute', { command: 'echo $((40 + 2))' })).toContain('42')
    expect(await use('sandbox', thread, 'execute', { command: 'exit 9' })).toContain('9')
    expect([...engine.containers.values()].map(({ spec }) => spec.Labels)).toEqual([
      expect.objectContaining({ 'dev.hadal.sandbox.tenant': 'default', 'dev.hadal.sandbox.thread': thread }),
    ])
    const metrics = await (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text()
    expect(metrics).toContain('sandbox_executions_total{status="ok"} 1')
    expect(metrics).toContain('sandbox_executions_total{status="failed"} 1')
    expect(metrics).toContain('sandbox_executions_total{status="timeout"} 0')
  })

  test('can not be switched to another tenant by a client', async () => {
    const thread = await newThread()
    const input = { messages: [{ role: 'human', content: '{}' }] }
    const refused = server.client.runs.wait(thread, 'batch', { input, config: { configurable: { tenant: 'other' } } })
    await expect(refused).rejects.toThrow(/tenant/)
  })
})

describe('a server', () => {
  test('without a shared folder or sandboxes does not start with an agent that needs them', async () => {
    await expect(startTestServer(database(), agents)).rejects.toThrow(
      /Agent "batch" has the backend "batch", but this server has no folder for it. Set BATCH_FOLDER/,
    )
    await expect(startTestServer(database(), { ...agents, BATCH_FOLDER: volume })).rejects.toThrow(
      /Agent "sandbox" has the backend "sandbox", but this server has no sandboxes. Set SANDBOX/,
    )
  })
})

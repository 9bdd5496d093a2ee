import type { Client } from '@langchain/langgraph-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { restoredCopy } from '../fixtures/restored-copy.ts'
import { serverAddresses } from '../fixtures/server-addresses.ts'
import { type Ended, runProgram } from '../fixtures/server-process.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'

const lost = createDatabase()
const restored = createDatabase()
const effects = effectsFiles()
const review = (...words: string[]): Promise<Ended> => runProgram(['review', ...words], serverAddresses(restored()))

interface Begun extends ReturnType<typeof effects> {
  readonly threadId: string
  readonly runId: string
}
/** Starts a run of four steps, and waits until it is in its third one. */
async function inThirdStep(client: Client): Promise<Begun> {
  const file = effects()
  const { thread_id: threadId } = await client.threads.create()
  const input = { file: file.path, steps: 4, gate: file.gate }
  const { run_id: runId } = await client.runs.create(threadId, 'steps', { input })
  await eventually(file.lines, (lines) => lines.length === 3)
  return { ...file, threadId, runId }
}

let server: TestServer
let client: Client
let runs: Record<'rolledBack' | 'replaced' | 'kept' | 'first' | 'second', Begun>

beforeAll(async () => {
  const before = await startTestServer(lost())
  const begin = () => inThirdStep(before.client)
  const [rolledBack, replaced, kept, first, second] = await Promise.all([begin(), begin(), begin(), begin(), begin()])
  runs = { rolledBack, replaced, kept, first, second }
  await restoredCopy(lost(), restored())
  for (const { threadId, runId } of Object.values(runs)) await before.client.runs.cancel(threadId, runId, true)
  await before.drain()
  for (const { open } of Object.values(runs)) open()
  server = await startTestServer(restored())
  ;({ client } = server)
})
afterAll(() => server.drain())

test('a client sees a run under review as pending, and a run with "reject" is told what the thread waits for', async () => {
  const { threadId, runId } = runs.kept
  expect(await client.runs.list(threadId, { status: 'pending' })).toMatchObject([{ run_id: runId }])
  expect(await client.threads.get(threadId)).toMatchObject({ status: 'busy' })
  const sentence = `busy with run ${runId}, which waits for its release by an operator after a restore of the database. Cancel that run, or send`
  const input = { steps: 1 }
  for (const metadata of [undefined, { command: 'checkpoint' }]) {
    const rejected = client.runs.create(threadId, 'steps', { input, metadata, multitaskStrategy: 'reject' })
    await expect(rejected).rejects.toThrow(sentence)
  }
  await expect(client.runs.delete(threadId, runId)).rejects.toThrow(/409/)
  await expect(client.threads.updateState(threadId, { values: { done: [9] } })).rejects.toThrow(/409/)
})

test.each(['join', 'stream'])('a client that follows a run under review by "%s" gets signs of life', async (way) => {
  const { threadId, runId } = runs.kept
  const given = new AbortController()
  const answer = await fetch(`${server.url}/threads/${threadId}/runs/${runId}/${way}`, { signal: given.signal })
  expect(answer.status).toBe(200)
  const reader = answer.body?.getReader()
  let text = ''
  while (!/\n\s*$/.test(text) || (way === 'stream' && !/^:/m.test(text)))
    text += new TextDecoder().decode((await reader?.read())?.value)
  given.abort()
  expect(await client.runs.get(threadId, runId)).toMatchObject({ status: 'pending' })
})

test('a run under review that is rolled back is gone, and executes nothing', async () => {
  const { threadId, runId, lines } = runs.rolledBack
  await client.runs.cancel(threadId, runId, true, 'rollback')
  await expect(client.runs.get(threadId, runId)).rejects.toThrow(/404/)
  expect(await client.threads.get(threadId)).toMatchObject({ status: 'idle' })
  expect(lines()).toHaveLength(3)
})

test('a run with "rollback" replaces a run under review', async () => {
  const { threadId, runId, lines } = runs.replaced
  const input = { steps: 1 }
  const values = await client.runs.wait(threadId, 'steps', { input, multitaskStrategy: 'rollback' })
  expect(values).toMatchObject({ done: [1] })
  await expect(client.runs.get(threadId, runId)).rejects.toThrow(/404/)
  expect(lines()).toHaveLength(3)
})

test('an unknown id among others releases nothing', async () => {
  const unknown = '00000000-0000-4000-8000-000000000000'
  const { code, errors } = await review('release', `${runs.first.runId},${unknown}`)
  expect([code, errors]).toEqual([1, expect.stringContaining(`${unknown} does not wait for a release, so nothing`)])
  expect(await client.runs.get(runs.first.threadId, runs.first.runId)).toMatchObject({ status: 'pending' })
})

test('runs that two people release at the same time, without a server, start once when a server comes back', async () => {
  await server.drain()
  const { first, second, kept } = runs
  const ids = `${first.runId},${second.runId}`
  const both = await Promise.all([review('release', ids), review('release', '--all')])
  const released = both.map(({ output }) => Number(/^Released: (\d+)\./.exec(output)?.[1] ?? 0))
  expect(released.reduce((sum, count) => sum + count, 0)).toBe(3)
  expect(await review('release', first.runId)).toMatchObject({
    code: 1,
    errors: expect.stringContaining(`${first.runId} does not wait for a release, so nothing was released.`),
  })
  server = await startTestServer(restored())
  ;({ client } = server)
  for (const { threadId, runId, lines } of [first, second, kept]) {
    expect(await client.runs.join(threadId, runId)).toMatchObject({ done: [1, 2, 3, 4] })
    expect(lines()).toEqual(['1', '2', '3', '3', '4'])
  }
})

import type { Client } from '@langchain/langgraph-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { restoredCopy } from '../fixtures/restored-copy.ts'
import { serverAddresses } from '../fixtures/server-addresses.ts'
import { runProgram } from '../fixtures/server-process.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const lost = createDatabase()
const restored = createDatabase()
const effects = effectsFiles()
const streamMode = 'updates'

interface Followed {
  readonly threadId: string
  readonly runId: string
}
let server: TestServer
let begun: Followed & { open: () => void }
let waiting: Followed
/** Last id of the run's stream and of the thread's stream that the client got from the lost server. */
let seen: { begun: string; waiting: string; thread: string }

/** Follows a run to its end after an event. @returns the updates of its steps, and the last id */
async function follow(client: Client, { threadId, runId }: Followed, lastEventId: string) {
  const updates: unknown[] = []
  let last = lastEventId
  for await (const { id, event, data } of client.runs.joinStream(threadId, runId, { lastEventId })) {
    if (id !== undefined) last = id
    if (event === 'updates') updates.push(data)
  }
  return { updates, last }
}

/** Follows a thread after an event until its sixth step. @returns id of the event of that step */
async function followThread(client: Client, threadId: string, lastEventId: string): Promise<string | undefined> {
  for await (const { id, event, data } of client.threads.joinStream(threadId, { lastEventId }))
    if (event === 'updates' && JSON.stringify(data).includes('[6]')) return id
  throw new Error('The stream of the thread ended before its sixth step.')
}

beforeAll(async () => {
  const before = await startTestServer(lost())
  const { client } = before
  const file = effects()
  const { thread_id: threadId } = await client.threads.create()
  const input = { file: file.path, steps: 5, gate: file.gate }
  const { run_id: runId } = await client.runs.create(threadId, 'steps', { input, streamMode })
  begun = { threadId, runId, open: file.open }
  const { run_id } = await client.runs.create(threadId, 'steps', { input: { steps: 6 }, streamMode })
  waiting = { threadId, runId: run_id }
  await eventually(file.lines, (lines) => lines.length === 3)
  await restoredCopy(lost(), restored())
  // As many numbers as other threads use in a day with 60 checkpoints per second.
  await withClient(lost(), (one) =>
    one.query("SELECT setval('hadal.checkpoint_sequence', last_value + 5000000) FROM hadal.checkpoint_sequence"),
  )
  // After the backup, the lost server executes both runs to their ends, and the client sees all their events.
  file.open()
  const first = await follow(client, begun, '-1')
  const second = await follow(client, waiting, '-1')
  expect([first.updates.length, second.updates.length]).toEqual([5, 1])
  const thread = (await followThread(client, threadId, '-')) ?? ''
  seen = { begun: first.last, waiting: second.last, thread }
  await before.drain()
  server = await startTestServer(restored())
})
afterAll(() => server.drain())

test('a client that continues after an event of the lost server gets all events after the release', async () => {
  const { client } = server
  const following = Promise.all([
    follow(client, begun, seen.begun),
    follow(client, waiting, seen.waiting),
    followThread(client, waiting.threadId, seen.thread),
  ])
  const { code } = await runProgram(['review', 'release', '--all'], serverAddresses(restored()))
  expect(code).toBe(0)
  const [first, second, ofThread] = await following
  // The first two steps are in the backup, and the third one is repeated.
  expect(first.updates).toHaveLength(3)
  expect(second.updates).toHaveLength(1)
  expect(ofThread).toMatch(/^\d+-\d+$/)
  for (const [after, before] of [
    [first.last, seen.begun],
    [second.last, seen.waiting],
  ])
    expect(Number(after)).toBeGreaterThan(Number(before))
})

import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { type MadeKey, makeKey } from '../fixtures/make-key.ts'
import { runProgram } from '../fixtures/server-process.ts'
import { clientOf, useTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const database = createDatabase()
// Each test leaves runs that wait for the end of all tests.
const server = useTestServer(database, { ACCESS: JSON.stringify({ kind: 'api-keys' }), WORKER_CONCURRENCY: '100' })
const effects = effectsFiles()
const gates: (() => void)[] = []
// A server that closes waits for the runs that it executes.
afterAll(() => {
  for (const open of gates) open()
})

/** Maximum time in milliseconds until the end of a request whose key is no longer valid: much more than promised, for a machine under load. */
const endsWithinMs = 60_000

let other: MadeKey
beforeAll(async () => {
  other = await makeKey(database(), { user: 'bob', roles: ['administer'] })
})

/** Input of a run that waits until the end of the test. */
function heldInput(): Record<string, unknown> {
  const { gate, open } = effects()
  gates.push(open)
  return { steps: 3, gate }
}

/** Opens streams and waits with a key. @returns how each of them ends, by its path */
async function openRequests(key: MadeKey): Promise<Record<string, Promise<string>>> {
  const client = clientOf(server().url, key.text)
  const { thread_id } = await client.threads.create()
  const { run_id } = await client.runs.create(thread_id, 'steps', { input: heldInput() })
  const run = `/threads/${thread_id}/runs/${run_id}`
  const start = (): RequestInit => ({
    method: 'POST',
    body: JSON.stringify({ assistant_id: 'steps', input: heldInput() }),
  })
  const requests: [string, RequestInit?][] = [
    [`/threads/${thread_id}/stream`],
    [`${run}/stream`],
    [`/runs/${run_id}/stream`],
    [`${run}/join`],
    ['/runs/wait', start()],
    ['/runs/stream', start()],
  ]
  const opened = await Promise.all(
    requests.map(async ([path, init]) => [path, { ended: ended(await begin(key, path, init)) }] as const),
  )
  return Object.fromEntries(opened.map(([path, { ended: end }]) => [path, end]))
}

async function begin(key: MadeKey, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { 'x-api-key': key.text, 'content-type': 'application/json' }
  const response = await fetch(server().url + path, { ...init, headers })
  expect(response.status).toBe(200)
  return response
}

const ended = (response: Response): Promise<string> =>
  response.text().then(
    () => 'complete',
    () => 'cut',
  )

/** How requests ended by now, or `open`. */
async function ends(requests: Record<string, Promise<string>>, withinMs: number): Promise<Set<string>> {
  const open = pause(withinMs, 'open', { ref: false })
  return new Set(await Promise.all(Object.values(requests).map((request) => Promise.race([request, open]))))
}

describe('the open streams and waits of a key are cut', () => {
  test('after its revocation, and those of another key stay open', async () => {
    const key = await makeKey(database(), { user: 'ada', roles: ['administer'] })
    const [own, others] = [await openRequests(key), await openRequests(other)]
    expect(await runProgram(['keys', 'revoke', key.id], { DATABASE_URL: database() })).toMatchObject({ code: 0 })
    expect(await ends(own, endsWithinMs)).toEqual(new Set(['cut']))
    expect(await ends(others, 100)).toEqual(new Set(['open']))
    const lines = server().logged.filter(({ event }) => event === 'request_cut_after_sign_in_ended')
    expect(lines.length).toBeGreaterThanOrEqual(6)
    expect(lines[0]).toMatchObject({ tenant: 'default', user: 'ada' })
  })

  test('after its revocation without a notification', async () => {
    const key = await makeKey(database(), { user: 'ada', roles: ['administer'] })
    const own = await openRequests(key)
    await withClient(database(), (client) =>
      client.query('UPDATE hadal.api_key SET revoked_at = now() WHERE key_id = $1', [key.id]),
    )
    expect(await ends(own, endsWithinMs)).toEqual(new Set(['cut']))
  })

  test('after its expiry', async () => {
    const key = await makeKey(database(), { user: 'ada', roles: ['administer'] })
    const own = await openRequests(key)
    await withClient(database(), (client) =>
      client.query("UPDATE hadal.api_key SET expires_at = now() + interval '1 second' WHERE key_id = $1", [key.id]),
    )
    expect(await ends(own, endsWithinMs)).toEqual(new Set(['cut']))
  })
})

test('the run of a request that was cut continues', async () => {
  const key = await makeKey(database(), { user: 'ada', roles: ['administer'] })
  const { gate, open } = effects()
  const client = clientOf(server().url, key.text)
  const { thread_id } = await client.threads.create()
  const { run_id } = await client.runs.create(thread_id, 'steps', { input: { steps: 3, gate } })
  const joined = ended(await begin(key, `/threads/${thread_id}/runs/${run_id}/join`))
  await runProgram(['keys', 'revoke', key.id], { DATABASE_URL: database() })
  expect(await ends({ joined }, endsWithinMs)).toEqual(new Set(['cut']))
  open()
  const { status } = await eventually(
    () => clientOf(server().url, other.text).runs.get(thread_id, run_id),
    (run) => run.status !== 'running' && run.status !== 'pending',
  )
  expect(status).toBe('success')
})

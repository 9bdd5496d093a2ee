import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { askedQuestions } from '../fixtures/asked-questions.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { type ServerProcess, startServerProcess } from '../fixtures/server-process.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const effects = effectsFiles()
const processes: ServerProcess[] = []
const servers: TestServer[] = []

async function start(variables: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const server = await startServerProcess({ DATABASE_URL: database(), ...variables })
  processes.push(server)
  return server
}
afterEach(async () => {
  await Promise.all(processes.splice(0).map((server) => server.end('SIGKILL')))
  await Promise.all(servers.splice(0).map((server) => server.drain()))
})

async function query<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database() })
  await client.connect()
  return client
    .query<Row>(text, values)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}

interface Call {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}
type Clients = Pick<ServerProcess, 'client'>

const delegated = (to: string, calls: readonly Call[]): Call => ({
  name: 'task',
  args: { subagent_type: to, description: JSON.stringify(calls) },
})

/** Starts a run whose agent makes the given calls, without waiting for its end. */
async function begin({ client }: Clients, calls: readonly Call[]): Promise<{ threadId: string; runId: string }> {
  const { thread_id } = await client.threads.create()
  const content = JSON.stringify(calls)
  const { run_id } = await client.runs.create(thread_id, 'guarded', {
    input: { messages: [{ role: 'user', content }] },
  })
  return { threadId: thread_id, runId: run_id }
}

const questions = ({ client }: Clients, threadId: string) => askedQuestions(client, threadId)

const interrupted = ({ client }: Clients, { threadId, runId }: { threadId: string; runId: string }) =>
  eventually(
    () => client.runs.get(threadId, runId),
    ({ status }) => status === 'interrupted',
    60_000,
  )

/**
 * Answers an approval request.
 *
 * @returns the agent's last message, which contains the results of its calls
 */
async function answer({ client }: Clients, threadId: string, id: string, decision: object): Promise<string> {
  const values = await client.runs.wait(threadId, 'guarded', {
    command: { resume: { [id]: { decisions: [decision] } } },
  })
  const { messages } = values as { messages: { content: string }[] }
  return messages.at(-1)?.content ?? ''
}

const mayHaveActed = {
  decisions: ['approve', 'edit', 'reject', 'respond'],
  because: expect.stringContaining('may have acted'),
}

describe('kill -9 during tool calls that need no approval', () => {
  test('repeats no call silently: a begun call asks a person, an idempotent call runs again with its key, and a finished call keeps its result', async () => {
    const { path, lines, gate, open } = effects()
    const call = (label: string, more: object = {}): Call => ({ name: 'count', args: { file: path, label, ...more } })
    const first = await start()
    const parallel = await begin(first, [
      call('done'),
      call('begun', { gate }),
      { name: 'charge', args: { file: path, label: 'charged', gate } },
    ])
    const held = [
      await begin(first, [delegated('helper', [call('sub', { gate })])]),
      await begin(first, [delegated('general-purpose', [call('general', { gate })])]),
    ]
    await eventually(lines, (written) => written.length === 5)
    // The result of `done` is in the thread.
    const results =
      "SELECT 1 FROM public.checkpoint_writes WHERE thread_id = $1 AND channel = 'messages' AND convert_from(blob, 'UTF8') LIKE '%ToolMessage%'"
    await eventually(
      () => query(results, [parallel.threadId]),
      (rows) => rows.length === 1,
    )
    await first.end('SIGKILL')
    const before = lines()
    expect(before.map((line) => line.split(' ')[0]).sort()).toEqual(['begun', 'charged', 'done', 'general', 'sub'])

    const second = await start()
    await eventually(lines, (written) => written.length === 6, 60_000)
    const again = lines().slice(5)
    expect(again).toEqual(before.filter((line) => line.startsWith('charged')))
    // Opens the gate: the second execution of `charge` ends.
    open()
    await interrupted(second, parallel)
    const [asked, ...others] = await questions(second, parallel.threadId)
    expect([asked, others]).toMatchObject([{ args: { label: 'begun' }, ...mayHaveActed }, []])
    const result = await answer(second, parallel.threadId, asked?.id ?? '', {
      type: 'respond',
      message: 'it had acted',
    })
    expect(result).toContain('done | it had acted | charged')

    const [approved, rejected] = held
    for (const run of held) await interrupted(second, run)
    const [sub, general] = await Promise.all(held.map(async ({ threadId }) => (await questions(second, threadId))[0]))
    expect([sub, general]).toMatchObject([
      { args: { label: 'sub' }, ...mayHaveActed },
      { args: { label: 'general' }, ...mayHaveActed },
    ])
    expect(lines()).toHaveLength(6)
    await answer(second, approved?.threadId ?? '', sub?.id ?? '', { type: 'approve' })
    expect(await answer(second, rejected?.threadId ?? '', general?.id ?? '', { type: 'reject' })).toContain(
      'counts as failed',
    )
    expect(lines().slice(6)).toEqual(['sub'])
  })
})

describe('a worker that loses its lease during a tool call', () => {
  test('and survives: the next attempt asks a person, and later writes of the first attempt change nothing', async () => {
    const server = await startTestServer(database())
    servers.push(server)
    const { path, lines, gate, open } = effects()
    const run = await begin(server, [{ name: 'count', args: { file: path, label: 'held', gate } }])
    await eventually(lines, (written) => written.length === 1)
    await query("UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE id = $1", [run.runId])
    await interrupted(server, run)
    const [asked] = await questions(server, run.threadId)
    expect(asked).toMatchObject({ args: { label: 'held' }, ...mayHaveActed })
    open()
    expect(await answer(server, run.threadId, asked?.id ?? '', { type: 'respond', message: 'known' })).toBe('known')
    expect(lines()).toEqual(['held'])
  })
})

import { eventually } from '@hadal/runtime/fixtures/eventually'
import type { Client } from '@langchain/langgraph-sdk'
import { expect, test } from 'vitest'
import { begun } from './ground/begun.ts'
import { withConnection } from './ground/fault-database.ts'
import { useGround } from './ground/use-ground.ts'

const ground = useGround({ ownPostgres: true })

interface Received {
  readonly id: string
  readonly event: string
  readonly data: unknown
}

/** A client that follows a run with the official SDK. */
function follow(client: Client, run: { threadId: string; runId: string }) {
  const received: Received[] = []
  const ended = (async () => {
    for await (const { id = '', event, data } of client.runs.joinStream(run.threadId, run.runId, { lastEventId: '-1' }))
      received.push({ id, event, data })
  })()
  return { received, ended }
}

/** Words of the answer that a client has received since the newest attempt began. The graph also sends the whole message at its end. */
function wordsOf(received: readonly Received[]): string[] {
  const attempt = received.slice(received.findLastIndex(({ event }) => event === 'metadata'))
  const parts = attempt.flatMap(({ event, data }) => (event === 'messages' && Array.isArray(data) ? [data[0]] : []))
  return parts.map(({ content }: { content: string }) => content).filter((content) => /^word-\d+ $/.test(content))
}

const numbers = (received: readonly Received[]): number[] => received.map(({ id }) => Number(id))

/** PostgreSQL then writes commits that are not synchronous to the disk after 10 s, so that a crash loses them. */
const writesLate = (url: string): Promise<void> =>
  withConnection(url, async (client) => {
    await client.query("ALTER SYSTEM SET wal_writer_delay = '10s'")
    await client.query('SELECT pg_reload_conf()')
  })

const length = 400
const answer = Array.from({ length }, (_, index) => `word-${index} `)

/** Starts a run that streams a long answer, and a client on another server that follows it and has received some of the answer. */
async function streaming() {
  const { files, supervise, url } = ground()
  await writesLate(url)
  const worker = await supervise()
  const api = await supervise({ ROLE: 'api' })
  const { client } = api.current
  const own = files()
  const { thread_id } = await client.threads.create()
  const { run_id } = await client.runs.create(thread_id, 'speech', {
    input: { file: own.file, gate: own.gate, words: length },
    streamMode: ['messages-tuple', 'messages'],
  })
  const run = { threadId: thread_id, runId: run_id, ends: 'success' as const, steps: 1, ...own }
  await begun([run], 1)
  const reader = follow(client, run)
  await eventually(
    () => reader.received.length,
    (count) => count > 100,
  )
  return { run, worker, api, reader }
}

/** Expects that the client, and one that comes after the run, received the same events, and the answer of the model. */
async function expectWhole({ run, worker, api, reader }: Awaited<ReturnType<typeof streaming>>): Promise<void> {
  const { verify } = ground()
  await verify([run], [worker, api])
  await reader.ended
  const late = follow(api.current.client, run)
  await late.ended
  for (const { received } of [reader, late]) {
    expect(numbers(received)).toEqual([...new Set(numbers(received))].sort((one, other) => one - other))
    expect(wordsOf(received)).toEqual(answer)
  }
  const byNumber = new Map(reader.received.map((event) => [event.id, event]))
  expect(late.received).toEqual(late.received.map((event) => byNumber.get(event.id)))
}

test('a crash of the database in the middle of an answer loses no part of it, and gives no number to another event', async () => {
  const { postgres } = ground()
  const under = await streaming()
  for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
    const before = under.reader.received.length
    await postgres.stop(signal)
    await postgres.start()
    await eventually(
      () => under.reader.received.length,
      (count) => count > before + 20,
    )
  }
  under.run.open()
  await expectWhole(under)
}, 120_000)

test('if the worker dies at the same time, the next attempt uses no number that a client has seen', async () => {
  const { postgres } = ground()
  const under = await streaming()
  const replaced = under.worker.replace('SIGKILL')
  await postgres.stop('SIGQUIT')
  await postgres.start()
  await replaced
  under.run.open()
  await expectWhole(under)
  expect(under.reader.received.filter(({ event }) => event === 'metadata')).toHaveLength(2)
}, 120_000)

import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { ada, bob, clientAs, eve, statusOf, useAuthorServer } from '../../fixtures/author-sign-in.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { eventually } from '../../fixtures/eventually.ts'

const server = useAuthorServer(createDatabase())
const as = (authorization: string) => clientAs(server(), authorization)
const drained = async (stream: AsyncIterable<unknown>): Promise<number> => {
  let events = 0
  for await (const _ of stream) events += 1
  return events
}

describe('threads', () => {
  test('what the handler writes into the metadata is stored', async () => {
    const thread = await as(ada).threads.create({ metadata: { owner: 'bob', topic: 'a' } })
    expect(thread.metadata).toMatchObject({ owner: 'ada', topic: 'a' })
    await as(ada).threads.update(thread.thread_id, { metadata: { topic: 'b' } })
    expect((await as(ada).threads.get(thread.thread_id)).metadata).toMatchObject({ owner: 'ada', topic: 'b' })
  })

  test('a thread that the filter hides is 404 on every route', async () => {
    const { thread_id: id } = await as(ada).threads.create()
    const run = await as(ada).runs.create(id, 'agent', { input: { text: 'a' } })
    await as(ada).runs.join(id, run.run_id)
    const checkpoint = (await as(ada).threads.getState(id)).checkpoint?.checkpoint_id ?? ''
    for (const other of [bob, eve, 'root@other']) {
      const client = as(other)
      const refused = {
        get: client.threads.get(id),
        update: client.threads.update(id, { metadata: { owner: 'bob' } }),
        copy: client.threads.copy(id),
        state: client.threads.getState(id),
        oldState: client.threads.getState(id, checkpoint),
        history: client.threads.getHistory(id),
        updateState: client.threads.updateState(id, { values: { text: 'b' } }),
        runs: client.runs.list(id),
        run: client.runs.get(id, run.run_id),
        join: client.runs.join(id, run.run_id),
        joinStream: drained(client.runs.joinStream(id, run.run_id)),
        threadStream: drained(client.threads.joinStream(id)),
        cancel: client.runs.cancel(id, run.run_id),
        create: client.runs.create(id, 'agent', { input: { text: 'b' } }),
        wait: client.runs.wait(id, 'agent', { input: { text: 'b' } }),
        stream: drained(client.runs.stream(id, 'agent', { input: { text: 'b' } })),
      }
      const answers = await Promise.all(
        Object.entries(refused).map(async ([name, work]) => [name, await statusOf(work)]),
      )
      expect(answers).toEqual(Object.keys(refused).map((name) => [name, 404]))
      // The id is taken, so no thread can be created with it.
      const creating = { input: { text: 'b' }, ifNotExists: 'create' as const }
      expect(await statusOf(client.runs.create(id, 'agent', creating))).toBe(409)
      expect(await statusOf(client.runs.wait(id, 'agent', creating))).toBe(409)
      expect(await statusOf(client.threads.create({ threadId: id, ifExists: 'do_nothing' }))).toBe(409)
    }
    expect((await as(ada).threads.create({ threadId: id, ifExists: 'do_nothing' })).thread_id).toBe(id)
    expect((await as(ada).threads.getState(id)).values).toEqual({ text: 'a!' })
    expect(await as(ada).runs.list(id)).toHaveLength(1)
    expect((await as('root@acme').threads.get(id)).metadata).toMatchObject({ owner: 'ada' })
  })

  test('the filter also holds for the runs of users without further fields, which could be accepted in one statement', async () => {
    const { thread_id: id } = await as('ada').threads.create()
    expect(await statusOf(as('bob').runs.wait(id, 'agent', { input: { text: 'b' } }))).toBe(404)
    expect(await as('ada').runs.wait(id, 'agent', { input: { text: 'a' } })).toMatchObject({ text: 'a!' })
  })

  test('a search and a count find what the filter allows', async () => {
    const topic = randomUUID()
    const metadata = { topic }
    const own = await as(ada).threads.create({ metadata })
    const shared = await as(bob).threads.create({ metadata: { ...metadata, readers: ['eve', 'ada'] } })
    await as(bob).threads.create({ metadata: { ...metadata, readers: 'ada' } })
    await as(eve).threads.create({ metadata })
    const found = await as(ada).threads.search({ metadata, limit: 100 })
    expect(new Set(found.map((thread) => thread.thread_id))).toEqual(new Set([own.thread_id, shared.thread_id]))
    expect(await as(ada).threads.count({ metadata })).toBe(2)
    expect(await as(ada).threads.search({ ids: [own.thread_id], metadata })).toHaveLength(1)
    expect(await as('root@acme').threads.count({ metadata })).toBe(3)
    expect(await as('root@other').threads.count({ metadata })).toBe(1)
  })

  test('false is 403, and nothing is deleted', async () => {
    const { thread_id: id } = await as(ada).threads.create()
    expect(await statusOf(as(ada).threads.delete(id))).toBe(403)
    expect((await as(ada).threads.get(id)).thread_id).toBe(id)
    await as('root@acme').threads.delete(id)
    expect(await statusOf(as(ada).threads.get(id))).toBe(404)
  })

  test('a reader who disconnects cancels nothing, and its author does', async () => {
    const { thread_id: id } = await as(bob).threads.create({ metadata: { readers: ['ada'] } })
    const { run_id: run } = await as(bob).runs.create(id, 'agent', { input: { text: 'a' }, afterSeconds: 3_600 })
    const leave = async (authorization: string): Promise<void> => {
      const gone = new AbortController()
      const path = `${server().url}/threads/${id}/runs/${run}/join?cancel_on_disconnect=true`
      const response = await fetch(path, { headers: { authorization }, signal: gone.signal })
      expect(response.status).toBe(200)
      gone.abort()
      await pause(1_500)
    }
    await leave(ada)
    expect((await as(bob).runs.get(id, run)).status).toBe('pending')
    await leave(bob)
    const { status } = await eventually(
      () => as(bob).runs.get(id, run),
      (left) => left.status !== 'pending',
    )
    expect(status).toBe('interrupted')
  })

  test('a copy belongs to the user who copies', async () => {
    const { thread_id: id } = await as(bob).threads.create({ metadata: { topic: 'a', readers: ['ada'] } })
    const copy = await as(ada).threads.copy(id)
    expect((copy as unknown as { metadata: object }).metadata).toMatchObject({ owner: 'ada', topic: 'a' })
    expect((await as(bob).threads.get(id)).metadata).toMatchObject({ owner: 'bob' })
    expect(await statusOf(as(eve).threads.copy(id))).toBe(404)
  })
})

describe('runs', () => {
  test('the thread of a stateless run has the metadata of the handler, and others do not see the run', async () => {
    const response = await fetch(`${server().url}/runs`, {
      method: 'POST',
      headers: { authorization: ada, 'content-type': 'application/json' },
      body: JSON.stringify({ assistant_id: 'agent', input: { text: 'a' }, on_completion: 'keep' }),
    })
    const run = (await response.json()) as { run_id: string; thread_id: string }
    expect((await as(ada).threads.get(run.thread_id)).metadata).toMatchObject({ owner: 'ada' })
    const path = `${server().url}/runs/${run.run_id}/stream`
    expect((await fetch(path, { headers: { authorization: bob } })).status).toBe(404)
    const own = await fetch(path, { headers: { authorization: ada } })
    expect(own.status).toBe(200)
    await own.body?.cancel()
  })

  test('a run asks for the thread and for the assistant', async () => {
    const made = await as(ada).assistants.create({ graphId: 'agent' })
    expect(made.metadata).toMatchObject({ owner: 'ada' })
    expect(await statusOf(as(bob).runs.wait(null, made.assistant_id, { input: { text: 'a' } }))).toBe(404)
    expect(await statusOf(as(bob).assistants.get(made.assistant_id))).toBe(404)
    expect(await statusOf(as(bob).assistants.update(made.assistant_id, { name: 'b' }))).toBe(404)
    expect(await statusOf(as(bob).assistants.getVersions(made.assistant_id))).toBe(404)
    expect(await statusOf(as(bob).assistants.setLatest(made.assistant_id, 1))).toBe(404)
    expect(await statusOf(as(bob).assistants.getSchemas(made.assistant_id))).toBe(404)
    expect(await statusOf(as(bob).assistants.delete(made.assistant_id))).toBe(404)
    const again = { assistantId: made.assistant_id, graphId: 'agent', ifExists: 'do_nothing' as const }
    expect(await statusOf(as(bob).assistants.create(again))).toBe(409)
    expect((await as(ada).assistants.create(again)).assistant_id).toBe(made.assistant_id)
    expect(await as(ada).runs.wait(null, made.assistant_id, { input: { text: 'a' } })).toMatchObject({ text: 'a!' })
    const ids = (await as(bob).assistants.search({ limit: 100 })).map((one) => one.assistant_id)
    expect(ids).not.toContain(made.assistant_id)
    // The graph's own assistant is visible to all.
    expect((await as(bob).assistants.search({ graphId: 'agent' })).length).toBeGreaterThan(0)
    expect(await as(bob).assistants.count()).toBe(ids.length)
  })

  test('a question is answered by whom the handler lets create a run, and by nobody else', async () => {
    const { thread_id: id } = await as(ada).threads.create()
    await as(ada).runs.wait(id, 'agent', { input: { text: 'a', asks: true } })
    expect(await statusOf(as(bob).runs.wait(id, 'agent', { command: { resume: 'no' } }))).toBe(404)
    expect(await as('root@acme').runs.wait(id, 'agent', { command: { resume: 'yes' } })).toMatchObject({
      text: 'a!yes',
    })
  })
})

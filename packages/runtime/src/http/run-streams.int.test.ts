import { describe, expect, test } from 'vitest'
import { collected } from '../fixtures/collected.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { type EffectsFile, effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const server = useTestServer(createDatabase(), { ROLE: 'all' })
const effects = effectsFiles()
const names = (parts: readonly { event: string }[]): string[] => parts.map(({ event }) => event)

describe('a stream', () => {
  test('of every mode has the events of that mode, without the server-side configuration', async () => {
    const { client } = server()
    for (const streamMode of ['values', 'updates', 'custom', 'debug', 'tasks', 'checkpoints', 'events'] as const) {
      const { thread_id } = await client.threads.create()
      const parts = await collected(client.runs.stream(thread_id, 'steps', { input: { steps: 2 }, streamMode }))
      const [first, ...others] = names(parts)
      expect(first).toBe('metadata')
      expect(new Set(others)).toEqual(new Set([streamMode]))
      expect(JSON.stringify(parts)).not.toMatch(/__pregel_checkpointer|connectionString|"pool"|postgres:/)
    }
  })

  test('has headers against caches and buffering proxies, when it starts and when it is joined', async () => {
    const { client, url } = server()
    const { thread_id } = await client.threads.create()
    const body = JSON.stringify({ assistant_id: 'echo', input: { messages: [] } })
    const started = [`/threads/${thread_id}/runs/stream`, '/runs/stream'].map((path) =>
      fetch(url + path, { method: 'POST', body, headers: { 'content-type': 'application/json' } }),
    )
    const answers = await Promise.all(started)
    const joined = await Promise.all(answers.map((answer) => fetch(url + answer.headers.get('location'))))
    for (const answer of [...answers, ...joined]) {
      await answer.text()
      expect(answer.status).toBe(200)
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
    }
  })

  test('of checkpoints identifies each checkpoint in the format of the API', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    const parts = await collected(
      client.runs.stream(thread_id, 'echo', { input: { messages: [] }, streamMode: 'checkpoints' }),
    )
    const checkpoint = { thread_id, checkpoint_ns: '', checkpoint_id: expect.any(String), checkpoint_map: null }
    expect(parts.at(-1)?.data).toMatchObject({ checkpoint, parent_checkpoint: checkpoint, next: [] })
    expect(parts.at(-1)?.data).not.toHaveProperty('config')
  })

  const ask = { messages: [{ role: 'user', content: 'go on' }] }

  test('of messages as tuples has the tokens of the model, and those of subagents only on request', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, 'deep', { input: ask })
    const command = { resume: { decisions: [{ type: 'approve' }] } }
    const parts = await collected(client.runs.stream(thread_id, 'deep', { command, streamMode: 'messages-tuple' }))
    const words = parts.flatMap(({ event, data }) => (event === 'messages' && Array.isArray(data) ? [data[0]] : []))
    const said = words.filter((message) => message.type !== 'tool').map((message) => message.content)
    expect(said.join('')).toBe('All is done now')
    expect(said.length).toBeGreaterThan(3)
  })

  test('of messages has each message with growing content, and at last the complete message', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, 'deep', { input: ask })
    const command = { resume: { decisions: [{ type: 'approve' }] } }
    const parts = await collected(client.runs.stream(thread_id, 'deep', { command, streamMode: 'messages' }))
    expect(new Set(names(parts))).toEqual(
      new Set(['metadata', 'messages/metadata', 'messages/partial', 'messages/complete']),
    )
    const partial = parts.filter(({ event }) => event === 'messages/partial')
    expect(partial.at(-1)?.data).toMatchObject([{ content: 'All is done now' }])
    expect(partial.at(-2)?.data).toMatchObject([{ content: 'All is done ' }])
    const complete = parts.filter(({ event }) => event === 'messages/complete').map(({ data }) => data)
    expect(complete.at(-1)).toMatchObject([{ type: 'ai', content: 'All is done now' }])
  })

  test('of subgraphs has the namespace of each event', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    const options = { input: ask, streamMode: ['updates'] as const, streamSubgraphs: true as const }
    const parts = await collected(client.runs.stream(thread_id, 'deep', { ...options, streamMode: ['updates'] }))
    expect(names(parts).some((name) => /^updates\|tools:/.test(name))).toBe(true)
    expect(names(parts)).toContain('updates')
  })

  test('can be resumed after any of its events, without gap or duplicate', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    const streamMode = ['values', 'updates', 'custom'] as const
    const { run_id } = await client.runs.create(thread_id, 'steps', {
      input: { steps: 5 },
      streamMode: [...streamMode],
    })
    const whole = await collected(client.runs.joinStream(thread_id, run_id))
    expect(whole.map(({ id }) => Number(id))).toEqual(whole.map((_, index) => index + 1))
    for (let from = 0; from <= whole.length; from += 1) {
      const rest = await collected(client.runs.joinStream(thread_id, run_id, { lastEventId: String(from) }))
      expect(rest).toEqual(whole.slice(from))
    }
    const values = await collected(client.runs.joinStream(thread_id, run_id, { streamMode: 'values' }))
    expect(new Set(names(values))).toEqual(new Set(['metadata', 'values']))
  })

  test('of large events is read to its end, also by a client that connects after the run', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    const input = { messages: [{ role: 'user', content: 'x'.repeat(200_000) }] }
    const live = await collected(client.runs.stream(thread_id, 'echo', { input, streamMode: ['values', 'updates'] }))
    const [run] = await client.runs.list(thread_id)
    const joined = await collected(client.runs.joinStream(thread_id, run?.run_id ?? '', { lastEventId: '0' }))
    expect(names(live)).toEqual(['metadata', 'values', 'updates', 'values'])
    expect(joined).toEqual(live)
  })

  test('can be followed by several clients during the run', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    const input = { steps: 5, pauseMs: 20 }
    const { run_id } = await client.runs.create(thread_id, 'steps', { input, streamMode: 'updates' })
    const all = await Promise.all(Array.from({ length: 5 }, () => collected(client.runs.joinStream(thread_id, run_id))))
    for (const one of all) expect(one).toEqual(all[0])
    expect(all[0]).toHaveLength(6)
  })
})

describe('a client that disconnects', () => {
  const startAndLeave = async (onDisconnect: 'cancel' | 'continue', { path, lines, gate }: EffectsFile) => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    const leave = new AbortController()
    const input = { file: path, steps: 4, gate }
    const stream = client.runs.stream(thread_id, 'steps', { input, onDisconnect, signal: leave.signal })
    const reading = collected(stream).catch(() => [])
    await eventually(lines, (seen) => seen.length === 3)
    leave.abort()
    await reading
    const [run] = await client.runs.list(thread_id)
    return () =>
      eventually(
        () => client.runs.get(thread_id, run?.run_id ?? ''),
        ({ status }) => status !== 'running' && status !== 'pending',
      )
  }

  test('does not end its run by default', async () => {
    const file = effects()
    const over = await startAndLeave('continue', file)
    file.open()
    expect((await over()).status).toBe('success')
    expect(file.lines()).toHaveLength(4)
  })

  test('ends its run if it requested that', async () => {
    const file = effects()
    const over = await startAndLeave('cancel', file)
    expect((await over()).status).toBe('interrupted')
    expect(file.lines()).toHaveLength(3)
  })
})

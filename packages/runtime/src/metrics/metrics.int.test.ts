import { describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const server = useTestServer(createDatabase())

async function metrics(): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${server().metricsPort}/metrics`)
  expect(answer.headers.get('content-type')).toContain('text/plain')
  return answer.text()
}

describe('metrics', () => {
  test('are on a port of their own only', async () => {
    expect((await fetch(`${server().url}/metrics`)).status).toBe(404)
    expect(await metrics()).toContain('process_start_time_seconds')
  })

  test("count model and tool calls, a subagent's too, runs, interrupts and requests", async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, 'deep', { input: { messages: [{ role: 'user', content: 'go on' }] } })
    await client.runs.wait(thread_id, 'steps', { input: { steps: 1, failAt: 1 }, raiseError: false })
    // A run is counted just after clients see its end.
    const text = await eventually(metrics, (said) => said.includes('runs_finished_total{status="error"} 1'))
    expect(text).toContain('llm_requests_total{model="unknown",status="success"} 5')
    expect(text).toContain('llm_request_duration_seconds_count{model="unknown"} 5')
    expect(text).toContain('tool_calls_total{tool_name="note",status="success"} 2')
    expect(text).toContain('tool_calls_total{tool_name="task",status="success"} 1')
    expect(text).toContain('runs_finished_total{status="interrupted"} 1')
    expect(text).toContain('runs_finished_total{status="success"} 0')
    expect(text).toContain('run_queue_age_seconds 0')
    expect(text).toContain('database_pool_waiting 0')
    expect(text).toMatch(
      /http_requests_total\{method="POST",route="\/threads\/:thread_id\/runs\/wait",status="200"\} 2/,
    )
  })

  test("have a series of each route's failures before the first one, which PromQL's increase() would not count otherwise", async () => {
    const text = await metrics()
    for (const status of [500, 503])
      expect(text).toContain(`http_requests_total{method="GET",route="/threads/:thread_id/state",status="${status}"} 0`)
    const failures = /http_requests_total\{method="(\w+)",route="([^"]+)",status="500"\}/g
    const declared = [...text.matchAll(failures)].map(([, method, route]) => `${method} ${route}`)
    expect(new Set(declared)).toEqual(new Set(server().routes))
  })

  test('do not grow with unknown paths', async () => {
    await Promise.all(Array.from({ length: 5 }, (_, index) => fetch(`${server().url}/nothing/${index}`)))
    const text = await metrics()
    expect(text).toMatch(/http_requests_total\{method="GET",route="unknown",status="404"\} \d+/)
    expect(text).not.toContain('/nothing')
  })

  test('show how many runs wait and for how long', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    await client.runs.create(thread_id, 'echo', { input: { messages: [] }, afterSeconds: 60 })
    const text = await metrics()
    expect(text).toContain('run_queue_age_seconds 0')
    expect(text).toContain('runs_running 0')
  })
})

test('each call of a model is logged with its numbers and the ids of its run', async () => {
  const { client, logged } = server()
  const { thread_id } = await client.threads.create()
  await client.runs.wait(thread_id, 'deep', { input: { messages: [{ role: 'user', content: 'go on' }] } })
  const [run] = await client.runs.list(thread_id)
  const ids = { thread_id, run_id: run?.run_id, tenant: 'default' }
  const lines = logged.filter((line) => line.thread_id === thread_id)
  const counts = { message_count: expect.any(Number), tool_count: expect.any(Number) }
  expect(lines.find(({ event }) => event === 'llm_request_start')).toMatchObject({ ...ids, ...counts })
  const complete = lines.filter(({ event }) => event === 'llm_request_complete')
  expect(complete).toHaveLength(5)
  expect(complete[0]).toMatchObject({ ...ids, ...counts, has_tool_calls: true, response_length: 0 })
  expect(complete[3]).toMatchObject({ has_tool_calls: false, response_length: 'noted it'.length })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import { startServerProcess } from '@hadal/runtime/fixtures/server-process'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Requests to a simulation of LangSmith's intake, which accepts every request. */
const received: { path: string; key: string | undefined; body: string }[] = []
let intake: Server
const database = createDatabase()
const folder = mkdtempSync(join(tmpdir(), 'hadal-langsmith-'))

beforeAll(async () => {
  intake = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const key = request.headers['x-api-key']
      received.push({
        path: request.url ?? '',
        key: typeof key === 'string' ? key : undefined,
        body: Buffer.concat(chunks).toString('latin1'),
      })
      response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  await new Promise<void>((resolve) => intake.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  intake.closeAllConnections()
  intake.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a run is traced to LangSmith, under its project and the one that the client asks for, with the key that came as a file', async () => {
  const keyFile = join(folder, 'api-key')
  writeFileSync(keyFile, 'not-a-key\n')
  const server = await startServerProcess({
    DATABASE_URL: database(),
    LANGSMITH_TRACING: 'true',
    LANGSMITH_PROJECT: 'tried',
    LANGSMITH_API_KEY_FILE: keyFile,
    LANGSMITH_ENDPOINT: `http://127.0.0.1:${(intake.address() as AddressInfo).port}`,
    // The test can't read compressed bodies.
    LANGSMITH_DISABLE_RUN_COMPRESSION: 'true',
  })
  try {
    await server.client.runs.wait(null, 'echo', { input: { messages: [] } })
    const traces = await eventually(
      () => received.filter(({ path }) => path.startsWith('/runs')),
      (found) => found.some(({ body }) => body.includes('tried')),
    )
    expect(traces.map(({ key }) => key)).toContain('not-a-key')
    expect(server.log.join('\n')).not.toContain('not-a-key')
    const example = 'a80f1f6e-0b2c-4d6e-9f0a-1d2e3f4a5b6c'
    const body = JSON.stringify({
      assistant_id: 'echo',
      input: { messages: [] },
      langsmith_tracer: { project_name: 'asked-for', example_id: example },
    })
    const headers = { 'content-type': 'application/json' }
    received.length = 0
    const answer = await fetch(`${server.url}/runs/wait`, { method: 'POST', headers, body })
    expect([answer.status, answer.headers.get('hadal-ignored-fields')]).toEqual([200, null])
    await answer.text()
    // The beginning of a run and its end, which has the example, may come in two requests.
    const parts = ['asked-for', '"tried"', example]
    const both = await eventually(
      () => received.map((one) => one.body).join(''),
      (text) => parts.every((part) => text.includes(part)),
    )
    for (const part of parts) expect(both).toContain(part)
  } finally {
    await server.end('SIGTERM')
  }
})

test("a run is not traced if LANGSMITH_TRACING is false, even if LangChain's own variables turn tracing on", async () => {
  const endpoint = `http://127.0.0.1:${(intake.address() as AddressInfo).port}`
  received.length = 0
  const server = await startServerProcess({
    DATABASE_URL: database(),
    LANGSMITH_TRACING: 'false',
    LANGCHAIN_TRACING_V2: 'true',
    LANGSMITH_TRACING_V2: 'true',
    LANGCHAIN_API_KEY: 'not-a-key',
    LANGCHAIN_ENDPOINT: endpoint,
  })
  try {
    await server.client.runs.wait(null, 'echo', { input: { messages: [] } })
    expect(server.log.find((line) => line.includes('"ready"'))).toContain('"tracing":[]')
  } finally {
    // LangChain sends what it still holds before the process ends.
    await server.end('SIGTERM')
  }
  expect(received).toEqual([])
})

test("a run is traced by LangChain's own names for the variables, and the key is redacted", async () => {
  received.length = 0
  const server = await startServerProcess({
    DATABASE_URL: database(),
    LANGCHAIN_TRACING_V2: 'true',
    LANGCHAIN_PROJECT: 'by-alias',
    LANGCHAIN_API_KEY: 'not-a-key',
    LANGCHAIN_ENDPOINT: `http://127.0.0.1:${(intake.address() as AddressInfo).port}`,
    LANGSMITH_DISABLE_RUN_COMPRESSION: 'true',
  })
  try {
    await server.client.runs.wait(null, 'echo', { input: { messages: [{ role: 'human', content: 'my not-a-key' }] } })
    const traces = await eventually(
      () => received.filter(({ path }) => path.startsWith('/runs')),
      (found) => found.some(({ body }) => body.includes('by-alias')),
    )
    expect(traces.map(({ key }) => key)).toContain('not-a-key')
    expect(server.log.join('\n')).not.toContain('not-a-key')
  } finally {
    await server.end('SIGTERM')
  }
})

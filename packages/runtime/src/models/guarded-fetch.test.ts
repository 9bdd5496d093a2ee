import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { guardedFetch } from './guarded-fetch.ts'

/** Timeouts of model requests in milliseconds: one that is never reached, and one that is. */
const long = 60_000
const short = 50

async function ask(answer: RequestListener, bounds = {}): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const fetch = guardedFetch({ firstByteMs: long, idleMs: long, callMs: long, ...bounds })
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    return await response.text()
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const stream =
  (...lines: string[]): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    response.write(lines.join('\n'))
    response.end()
  }

test.each([
  ['event: message_stop', 'data: {}', '', ''],
  ['data: [DONE]', '', ''],
  ['event: response.completed', 'data: {}', '', ''],
  ['event: response.incomplete', 'data: {}', '', ''],
  ['event: error', 'data: {}', '', ''],
])('accepts a stream with an end event: %s', async (...lines) => {
  expect(await ask(stream('data: {}', '', ...lines))).toContain(lines[0])
})

test.each([
  ['data: {"text": "half"}', '', ''],
  ['data: {"text": "data: [DONE]"}', '', ''],
  ['event: message_delta', 'data: {}', '', ''],
])('rejects a stream without an end event: %s', async (...lines) => {
  await expect(ask(stream(...lines))).rejects.toThrow('the stream ended before its end event')
})

test('fails with the failure that a stream reports', async () => {
  const failed = { type: 'response.failed', response: { error: { code: 'server_error', message: 'Oh' } } }
  await expect(ask(stream('event: response.failed', `data: ${JSON.stringify(failed)}`, '', ''))).rejects.toThrow(
    "The model's provider failed: it reported server_error, Oh.",
  )
})

test('does not change a response that is not a stream, or an error response', async () => {
  expect(await ask((_request, response) => response.end('{"a": 1}'))).toBe('{"a": 1}')
  const refuse: RequestListener = (_request, response) => {
    response.writeHead(500, { 'content-type': 'text/event-stream' })
    response.end('no')
  }
  expect(await ask(refuse)).toBe('no')
})

test('aborts a response that does not begin, pauses too long, or takes too long', async () => {
  const silent: RequestListener = () => undefined
  await expect(ask(silent, { firstByteMs: short })).rejects.toThrow('no response for 0.05 s')
  // Over HTTP, the headers alone may exceed the timeout on a busy machine, which gives another message.
  const headless = async () => new Response(new ReadableStream({}))
  const answer = await guardedFetch({ firstByteMs: short, idleMs: long, callMs: long }, headless)('http://provider')
  await expect(answer.text()).rejects.toThrow('no first byte for')
  const pauses: RequestListener = (_request, response) => void response.write('half')
  await expect(ask(pauses, { idleMs: short })).rejects.toThrow('no further data for 0.05 s')
  const drips: RequestListener = (_request, response) => {
    const timer = setInterval(() => response.write('.'), 5)
    response.on('close', () => clearInterval(timer))
  }
  await expect(ask(drips, { callMs: short })).rejects.toThrow('the response was not complete after 0.05 s')
})

test.each(['text/event-stream', 'application/json'])('rejects a response of type %s without end', async (type) => {
  const endless: RequestListener = (_request, response) => {
    response.writeHead(200, { 'content-type': type })
    const block = Buffer.alloc(1024 * 1024, ' ')
    const write = (): void => {
      while (!response.destroyed && response.write(block));
    }
    response.on('drain', write)
    write()
  }
  await expect(ask(endless)).rejects.toThrow("The model's provider failed: the response has more than 64 MiB.")
})

test('an abort by the caller stays an abort', async () => {
  const fetch = guardedFetch({ firstByteMs: long, idleMs: long, callMs: long })
  const server = createServer(() => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const abort = new AbortController()
  const asked = fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { signal: abort.signal })
  abort.abort()
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  server.closeAllConnections()
  server.close()
})

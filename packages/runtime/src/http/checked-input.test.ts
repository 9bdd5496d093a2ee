import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { checkedBody } from './checked-input.ts'

const Search = z.strictObject({ status: z.string().optional() })
const api = new Hono()
for (const path of ['/hadal/approvals/search', '/threads/:thread_id/search']) {
  api.post(path, async (c) => c.json(await checkedBody({ bodyLimitBytes: 1_024, metadataLimitBytes: 512 }, c, Search)))
}
api.onError((error, c) => c.text(error.message, 422))

const search = async (path: string): Promise<[number, string]> => {
  const app = new Hono().route('/', api).route('/agents', api)
  const answer = await app.request(path, { method: 'POST', body: '{"sttaus":"idle"}' })
  return [answer.status, await answer.text()]
}

test('routes under /hadal refuse unknown fields, also behind a prefix, whatever their schema says', async () => {
  for (const path of ['/hadal/approvals/search', '/agents/hadal/approvals/search']) {
    expect(await search(path)).toEqual([422, 'sttaus: unknown field. Did you mean "status"?'])
  }
})

test('a path parameter does not make a route refuse unknown fields', async () => {
  expect(await search('/threads/hadal/search')).toEqual([200, '{}'])
})

test('metadata above its limit is refused, also in a batch, with its size and the way out', async () => {
  const Metadata = z.strictObject({ metadata: z.record(z.string(), z.unknown()) })
  const app = new Hono()
  const limits = { bodyLimitBytes: 4_096, metadataLimitBytes: 100 }
  app.post('/one', async (c) => c.json(await checkedBody(limits, c, Metadata)))
  app.post('/many', async (c) => c.json(await checkedBody(limits, c, z.array(Metadata))))
  app.onError((error, c) => c.text(error.message, 422))
  const post = async (path: string, body: unknown): Promise<[number, string]> => {
    const answer = await app.request(path, { method: 'POST', body: JSON.stringify(body) })
    return [answer.status, await answer.text()]
  }
  const small = { metadata: { a: 'x'.repeat(92) } }
  // An umlaut has two bytes.
  const large = { metadata: { a: `${'x'.repeat(91)}ü` } }
  expect((await post('/one', small))[0]).toBe(200)
  expect((await post('/many', [small, small]))[0]).toBe(200)
  for (const [path, body] of [
    ['/one', large],
    ['/many', [small, large]],
  ] as const) {
    const [status, text] = await post(path, body)
    expect([path, status]).toEqual([path, 422])
    expect(text).toMatch(/^metadata: has 101 bytes as JSON\. The maximum is 100 \(limits\.metadataBytes\)/)
  }
})

import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { checkedBody } from './checked-input.ts'

const Search = z.strictObject({ status: z.string().optional() })
const api = new Hono()
for (const path of ['/hadal/approvals/search', '/threads/:thread_id/search']) {
  api.post(path, async (c) => c.json(await checkedBody({ bodyLimitBytes: 1_024 }, c, Search)))
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

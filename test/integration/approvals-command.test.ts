import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { effectsFiles } from '@hadal/runtime/fixtures/effects-file'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import { useTestServer } from '@hadal/runtime/fixtures/start-test-server'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { type Ended, hadal } from '../hadal.ts'
import { root } from '../repository-copy.ts'

const database = createDatabase()
const server = useTestServer(database)
const effects = effectsFiles()

const approvals = (
  args: readonly string[],
  url = server().url,
  environment: Record<string, string> = {},
): Promise<Ended> => hadal(root, ['approvals', ...args, '--url', url], { HADAL_API_KEY: '', ...environment })

const created: string[] = []
afterEach(async () => {
  for (const threadId of created.splice(0))
    await server()
      .client.threads.delete(threadId)
      .catch(() => {})
})

/** A thread whose agent asks for approvals of payments. */
async function asking(amounts: readonly number[], more: object = {}) {
  const { client } = server()
  const { path, lines } = effects()
  const { thread_id: threadId } = await client.threads.create()
  created.push(threadId)
  const calls = amounts.map((amount) => ({ name: 'pay', args: { file: path, amount, ...more } }))
  await client.runs.wait(threadId, 'guarded', {
    input: { messages: [{ role: 'user', content: JSON.stringify(calls) }] },
  })
  const idle = () =>
    eventually(
      () => client.threads.get(threadId),
      ({ status }) => status === 'idle',
    )
  return { threadId, path, lines, idle }
}

/** Ids of the calls in the output of the list, in their order. */
const idsIn = ({ output }: Ended): string[] =>
  [...output.matchAll(/^([0-9a-f]{6,32}) {2}pay/gm)].map(([, id = '']) => id)

describe('hadal approvals', () => {
  test('lists agent, tool, arguments, age and expiry of each call, and how to answer it', async () => {
    expect(await approvals([])).toMatchObject({
      status: 0,
      output: `No tool call waits for an approval at ${server().url}.\n`,
    })
    const { threadId, path } = await asking([41, 42])
    const list = await approvals([])
    expect(list).toMatchObject({ status: 0, errors: '' })
    expect(idsIn(list)).toHaveLength(2)
    expect(list.output).toMatch(/pay {2}of agent guarded, waiting for \d+ (s|min), until \d{4}-\S+Z \(2[34] h left\)/)
    for (const line of [
      `thread ${threadId}`,
      `file: ${path}`,
      'amount: 41',
      'amount: 42',
      'decisions: approve, edit, reject',
    ])
      expect(list.output).toContain(line)
    expect(list.output).toContain(`npx hadal approvals approve ${idsIn(list)[0]} --url ${server().url}`)
  })

  test('answers single calls by the beginnings of their ids: approve, edit, reject', async () => {
    const { threadId, path, lines, idle } = await asking([1, 2, 3])
    const [first = '', second = '', third = ''] = idsIn(await approvals([]))
    const approved = await approvals(['approve', first])
    expect(approved).toMatchObject({
      status: 0,
      output: expect.stringContaining(`Approved: pay on thread ${threadId}`),
    })
    await eventually(lines, (paid) => paid.length === 1)
    await eventually(
      () => server().client.threads.get(threadId),
      ({ status }) => status === 'interrupted',
    )
    const args = JSON.stringify({ file: path, amount: 7 })
    expect(await approvals(['edit', second, '--args', args])).toMatchObject({ status: 0 })
    await eventually(lines, (paid) => paid.length === 2)
    await eventually(
      () => server().client.threads.get(threadId),
      ({ status }) => status === 'interrupted',
    )
    expect(await approvals(['reject', third, 'Too much.'])).toMatchObject({ status: 0 })
    expect(JSON.stringify((await idle()).values)).toContain('Too much.')
    expect(lines()).toEqual(['paid 1', 'paid 7'])
  })

  test('says what is wrong: an unknown id, an ambiguous one, a decision that the call does not allow', async () => {
    const { lines } = await asking([1, 2])
    const [id = ''] = idsIn(await approvals([]))
    const refused: [string[], RegExp][] = [
      [
        ['approve', 'zz'],
        /No call that waits for an approval has an id that begins with "zz": it was answered, has expired/,
      ],
      [['approve', ''], /No call that waits for an approval/],
      [['respond', id, 'done'], /can't be answered by "respond". Its decisions are: approve, edit, reject/],
      [['edit', id, '--args', '{"amount":'], /It must be a JSON object with all arguments of the call/],
      [['edit', id], /required option '--args <json>' not specified/],
    ]
    for (const [args, sentence] of refused) {
      const { status, errors } = await approvals(args)
      expect([status === 0, errors]).toEqual([false, expect.stringMatching(sentence)])
      expect(errors).not.toMatch(/\n\s+at /)
    }
    expect(lines()).toEqual([])
  })

  test('names an unambiguous beginning if several ids begin alike', async () => {
    // Of 17 ids, two begin with the same hexadecimal digit.
    await asking(Array.from({ length: 17 }, (_, index) => index))
    const ids = idsIn(await approvals([]))
    const digit = ids.map(([first = '']) => first).find((one, index, all) => all.indexOf(one) !== index) ?? ''
    const { status, errors } = await approvals(['reject', digit])
    expect([status, errors]).toEqual([1, expect.stringContaining(`begins with "${digit}"`)])
  })

  test('shows the arguments of a call without the control characters in them', async () => {
    const hidden = 'safe\u001b[2K\u001b]0;title\u0007\r\u202egnp.exe\u009b31m'
    await asking([1], { hold: hidden })
    const { output } = await approvals([])
    expect(output).toContain('hold: safe\\u001b[2K\\u001b]0;title\\u0007\\r\\u202egnp.exe\\u009b31m')
    expect([...output].filter((character) => character !== '\n' && /[\p{Cc}\p{Cf}]/u.test(character))).toEqual([])
  })

  test('shortens long arguments and says so; --full shows them completely', async () => {
    const long = `${'x'.repeat(900)}end`
    await asking([1], { hold: long })
    expect((await approvals([])).output).toContain('… (503 more characters: --full)')
    expect((await approvals(['--full'])).output).toContain(long)
  })
})

/** A server that answers every request in the same way, and the headers that it received. */
async function answering(
  status: number,
  body: unknown,
): Promise<{ url: string; headers: NodeJS.Dict<string | string[]>[] }> {
  const headers: NodeJS.Dict<string | string[]>[] = []
  const fake = createServer((request, response) => {
    headers.push(request.headers)
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => fake.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void fake.close())
  const address = fake.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return { url: `http://127.0.0.1:${address.port}`, headers }
}

describe('the server of hadal approvals', () => {
  test('gets the API key of HADAL_API_KEY, and no key without it', async () => {
    const { url, headers } = await answering(200, [])
    expect(await approvals([], url, { HADAL_API_KEY: 'secret-key', LANGSMITH_API_KEY: 'another' })).toMatchObject({
      status: 0,
    })
    expect(headers.map((all) => all['x-api-key'])).toEqual(headers.map(() => 'secret-key'))
    headers.splice(0)
    await approvals([], url, { LANGSMITH_API_KEY: 'another' })
    expect(headers.map((all) => all['x-api-key'])).toEqual(headers.map(() => undefined))
  })

  test.each([
    [401, { detail: 'no' }, 'it needs an API key. Set HADAL_API_KEY.'],
    [503, { detail: 'The database is away.' }, 'The database is away.'],
    [200, '<html>', 'without the JSON of an agent server'],
    [404, 'Not Found', 'without the JSON of an agent server'],
  ])('that answers %i is reported with a sentence', async (status, body, words) => {
    const { url } = await answering(status, body)
    const ended = await approvals([], url)
    expect([ended.status, ended.errors]).toEqual([1, expect.stringContaining(words)])
    expect(ended.errors).not.toMatch(/\n\s+at /)
  })

  test('that does not run is reported with its URL', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    await once(closed, 'close')
    const ended = await approvals([], `http://127.0.0.1:${port}`)
    expect([ended.status, ended.errors]).toEqual([
      1,
      expect.stringContaining('No agent server answers at http://127.0.0.1:'),
    ])
  })

  test('gives the calls of all pages of threads', async () => {
    const pages: unknown[] = []
    const call = (number: number) => {
      const id = String(number).padStart(32, '0')
      const action = { name: 'pay', args: {}, description: 'Pay?' }
      const value = { actionRequests: [action], reviewConfigs: [], approval: { calls: [{ id, digest: id }] } }
      return { thread_id: String(number), metadata: {}, interrupts: { task: [{ id, value }] } }
    }
    const fake = createServer((request, response) => {
      let text = ''
      request.on('data', (chunk) => {
        text += String(chunk)
      })
      request.on('end', () => {
        const { offset, limit, status } = JSON.parse(text)
        pages.push([status, offset])
        const all = status === 'interrupted' ? Array.from({ length: 205 }, (_, index) => call(index)) : []
        response.end(JSON.stringify(all.slice(offset, offset + limit)))
      })
    })
    await new Promise<void>((resolve) => fake.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void fake.close())
    const address = fake.address()
    const { output } = await approvals([], `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
    expect(output.match(/^[0-9a-f]+ {2}pay/gm)).toHaveLength(205)
    expect(pages).toEqual([
      ['interrupted', 0],
      ['interrupted', 100],
      ['interrupted', 200],
      ['error', 0],
    ])
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useProviderServer } from '../fixtures/provider/provider-server.ts'
import type { Asked, Turn } from '../fixtures/provider/turn.ts'
import { modelAgents, startTestServer, type TestServer } from '../fixtures/start-test-server.ts'

const databaseUrl = createDatabase()
const provider = useProviderServer()

const user = (content: unknown) => ({ role: 'user', content })
const answer = (content: unknown, rest: object = {}) => ({ role: 'assistant', content, ...rest })
const call = (id: string, name = 'weather') => ({ id, name, args: { city: 'Busan' }, type: 'tool_call' })
const result = (tool_call_id: string, content: unknown = 'Rain.') => ({ role: 'tool', tool_call_id, content })
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII='

/** Messages of a client after which a model provider rejects the thread. */
const said: Readonly<Record<string, readonly object[]>> = {
  'nothing at all': [],
  'an empty message': [user('')],
  'a blank message': [user(' \n\t ')],
  'a message without blocks': [user([])],
  'a message of an empty text block': [user([{ type: 'text', text: '' }])],
  'a message of a blank text block': [user([{ type: 'text', text: '  ' }])],
  'an empty block': [user([{}])],
  'a text block without text': [user([{ type: 'text' }])],
  'an empty text block beside others': [
    user([
      { type: 'text', text: '' },
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${pixel}` } },
      { type: 'text', text: '\n' },
    ]),
  ],
  'an empty image': [user([{ type: 'image_url', image_url: { url: '' } }])],
  'an answer alone': [answer('I am here.')],
  'an answer that ends with white space': [user('Hello'), answer('Well, ')],
  'an answer first': [answer('Welcome!'), user('Thanks')],
  'an empty answer': [user('Hello'), answer(''), user('Are you there?')],
  'an answer without blocks': [user('Hello'), answer([]), user('Are you there?')],
  'an answer of thinking alone': [
    user('Hello'),
    answer([{ type: 'thinking', thinking: 'Hm.', signature: 'c2lnbmVk' }]),
    user('Are you there?'),
  ],
  'a call without a result': [user('Weather?'), answer('', { tool_calls: [call('call_1')] }), user('Well?')],
  'a call whose answer is blank beside it': [
    user('Weather?'),
    answer([{ type: 'text', text: ' ' }], { tool_calls: [call('call_1')] }),
    result('call_1'),
  ],
  'a result that comes late': [
    user('Weather?'),
    answer('', { tool_calls: [call('call_1'), call('call_2')] }),
    result('call_2'),
    user('And the other?'),
    result('call_1'),
  ],
  'a result without a call': [user('Hello'), result('call_gone'), user('Are you there?')],
  'two results of one call': [
    user('Weather?'),
    answer('', { tool_calls: [call('call_1')] }),
    result('call_1', 'Rain.'),
    result('call_1', 'Sun.'),
  ],
  'a blank result': [
    user('Weather?'),
    answer('', { tool_calls: [call('call_1'), call('call_2')] }),
    result('call_1', ''),
    result('call_2', [{ type: 'text', text: '' }]),
  ],
  'one id for two calls': [
    user('Weather?'),
    answer('', { tool_calls: [call('call_1')] }),
    result('call_1'),
    answer('', { tool_calls: [call('call_1')] }),
    result('call_1'),
  ],
  'ids of another provider': [
    user('Weather?'),
    answer('', { tool_calls: [call('functions.weather:0'), call(`fc_${'0123456789'.repeat(9)}`)] }),
    result('functions.weather:0'),
    result(`fc_${'0123456789'.repeat(9)}`),
  ],
  'a system message in between': [user('Hello'), { role: 'system', content: 'Be brief.' }, user('Are you there?')],
  'a name with a space': [{ role: 'user', content: 'Hello', name: 'Ada Lovelace' }],
}

/** Turns that need a thread of their own. The others follow each other in one thread. */
const alone = new Set(['nothing at all', 'an empty message', 'an answer alone', 'an answer first'])

/** Messages of a model after which its provider rejects the thread. */
const saidByModel: Readonly<Record<string, Turn>> = {
  'a blank answer': { text: ' \n ' },
  'a call of a tool without a word': { call: { name: 'weather', json: '{"city": "Busan"}' } },
  'a blank task for a subagent': {
    call: { name: 'task', json: '{"description": " ", "subagent_type": "general-purpose"}' },
  },
}

describe.each([
  ['messages', 'anthropic:claude-sonnet-5'],
  ['chat-completions', 'openai:gpt-5.6'],
  ['responses', 'openai:gpt-5.6'],
] as const)('with %s', (api, model) => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer(databaseUrl(), {
      AGENTS_CONFIG: modelAgents,
      ANTHROPIC_API_KEY: 'anthropic-test-key',
      ANTHROPIC_BASE_URL: provider.url,
      OPENAI_API_KEY: 'openai-test-key',
      OPENAI_BASE_URL: `${provider.url}/v1`,
      OPENAI_API: api === 'responses' ? 'responses' : 'chat-completions',
      MODEL_DEFAULT: model,
      MODEL_FALLBACKS: model.startsWith('openai') ? 'anthropic:claude-sonnet-5' : 'openai:gpt-5.6',
    })
  })
  afterAll(() => server.drain())

  type Values = { messages: { type: string; content: unknown }[] }
  const turn = async (thread_id: string, messages: readonly object[]): Promise<void> => {
    await server.client.runs.wait(thread_id, 'assistant', { input: { messages } })
  }
  const contents = async (thread_id: string): Promise<unknown[]> => {
    const { values } = await server.client.threads.getState<Values>(thread_id)
    return values.messages.map(({ content }) => content)
  }
  const plain = ({ results }: Asked): Turn => ({ text: results.length > 0 ? 'I was told.' : 'An answer.' })

  test('a thread with client messages that a provider rejects continues, and keeps the messages', async () => {
    provider.script = plain
    let thread_id = ''
    for (const [title, messages] of Object.entries(said)) {
      if (thread_id === '' || alone.has(title)) thread_id = (await server.client.threads.create()).thread_id
      await turn(thread_id, messages).catch((error: unknown) => {
        throw new Error(`after ${title}`, { cause: error })
      })
      const kept = JSON.stringify(await contents(thread_id))
      // deepagents itself removes a result without a call from the thread.
      const lasting = messages.filter((message) => Reflect.get(message, 'tool_call_id') !== 'call_gone')
      for (const message of lasting) expect(kept).toContain(JSON.stringify(Reflect.get(message, 'content')))
    }
    await turn(thread_id, [user('And now?')])
    expect(provider.asked.at(-1)?.said).toBe('And now?')
    expect(new Set(provider.asked.map((asked) => asked.api))).toEqual(new Set([api]))
    expect(provider.asked).toHaveLength(Object.keys(said).length + 1)
  })

  test.each(Object.keys(saidByModel))('a thread in which the model said %s continues', async (title) => {
    provider.script = (asked) => (provider.asked.length === 1 ? (saidByModel[title] ?? {}) : plain(asked))
    const { thread_id } = await server.client.threads.create()
    await turn(thread_id, [user('Hello')])
    await turn(thread_id, [user('And now?')])
    expect(JSON.stringify((await contents(thread_id)).at(-1))).toContain('An answer.')
    expect(new Set(provider.asked.map((asked) => asked.api))).toEqual(new Set([api]))
  })

  test('a fallback of another provider gets the same thread in the form that the provider accepts', async () => {
    provider.script = plain
    const first = model.slice(model.indexOf(':') + 1)
    provider.fault = (asked) =>
      asked.model === first
        ? { kind: 'status', status: 401, type: 'authentication_error', message: 'invalid key' }
        : undefined
    const { thread_id } = await server.client.threads.create()
    const all = [
      'ids of another provider',
      'a name with a space',
      'an empty answer',
      'an answer that ends with white space',
    ]
    for (const title of all) await turn(thread_id, said[title] ?? [])
    expect(provider.asked.filter((asked) => asked.model !== first)).toHaveLength(all.length)
  })
})

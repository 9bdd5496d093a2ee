import { classifyModelError } from '@hadal/middleware/classify-model-error'
import { AIMessageChunk, type BaseMessage } from '@langchain/core/messages'
import { tool } from 'langchain'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { useProviderServer } from '../../fixtures/provider/provider-server.ts'
import type { Fault } from '../../fixtures/provider/turn.ts'
import { createChatModels } from '../chat-models.ts'

const provider = useProviderServer()
const bounds = { firstByteMs: 30_000, idleMs: 30_000, callMs: 30_000 }
const weather = tool(() => '', { name: 'weather', description: 'Weather', schema: z.object({ city: z.string() }) })

const apis = {
  messages: ['anthropic:claude-sonnet-5', 'responses'],
  'chat-completions': ['openai:gpt-5.6', 'chat-completions'],
  responses: ['openai:gpt-5.6', 'responses'],
} as const

describe.each(Object.entries(apis))('an endpoint of the API %s', (_api, [name, openaiApi]) => {
  const ask = async (fault?: Fault): Promise<BaseMessage> => {
    provider.fault = () => fault
    const named = await createChatModels({
      keys: { anthropic: 'a', openai: 'o' },
      baseUrls: { anthropic: provider.url, openai: `${provider.url}/v1` },
      openaiApi,
      bounds,
    })
    const model = named(name).bindTools?.([weather], { maxRetries: 0 } as object)
    if (!model) throw new Error('The model calls no tools.')
    return await model.invoke('What is the weather?')
  }
  const failure = async (fault: Fault) => {
    const error: unknown = await ask(fault).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    return {
      ...classifyModelError(error, 0),
      message: error instanceof Error ? error.message : '',
      asked: provider.asked.length,
    }
  }
  const body = (text: string, contentType = 'application/json'): Fault => ({ kind: 'body', contentType, body: text })

  test.each([
    ['text', { text: 'It rains. "Quoted", and ünicode.' }],
    ['a tool call', { call: { name: 'weather', json: '{"city": "Oslo", "days": [1, {"a": null}]}' } }],
    ['text and a tool call', { text: 'I look.', call: { name: 'weather', json: '{"city":"Oslo"}' } }],
    ['a tool call without arguments', { call: { name: 'weather', json: '{}' } }],
  ])('that answers without a stream gives the same message as one that streams: %s', async (_title, turn) => {
    provider.script = () => turn
    const streamed = await ask()
    provider.asked.length = 0
    const whole = await ask({ kind: 'whole' })
    const parts = (message: BaseMessage) =>
      AIMessageChunk.isInstance(message) && {
        text: message.text,
        calls: message.tool_calls?.map(({ name, args }) => ({ name, args })),
        invalid: message.invalid_tool_calls,
        input: message.usage_metadata?.input_tokens,
        model: message.response_metadata.model_name ?? message.response_metadata.model,
        stop: message.response_metadata.stop_reason ?? message.response_metadata.finish_reason,
      }
    expect(whole.text).toBe('text' in turn ? turn.text : '')
    expect(parts(whole)).toEqual(parts(streamed))
    expect(whole).toMatchObject({ usage_metadata: { input_tokens: 10, output_tokens: 5, total_tokens: 15 } })
  })

  test('that declares its stream as another content type is read as a stream', async () => {
    const stream = 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Too much"}}\n\n'
    expect(await failure(body(stream, 'text/plain'))).toMatchObject({ kind: 'unavailable', asked: 1 })
    expect(await failure(body('data: {"half":', 'text/plain'))).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('the stream ended before its end event'),
    })
  })

  test('that answers with a page instead of JSON is named at once, because a retry is useless', async () => {
    for (const page of [
      body('<html><body>\n Sign in\n</body></html>', 'text/html'),
      body('OK', 'text/plain'),
      body('{"ok":true}'),
      body('[]'),
      body('null'),
    ])
      expect(await failure(page)).toMatchObject({
        kind: 'no-such-model',
        message: expect.stringMatching(
          /http:\/\/127\.0\.0\.1:\d+\/v1\/\S+ answered with \S+ instead of a model's answer: \\?".+"\. Check the base URL/,
        ),
      })
    expect(await failure(body(`<p>${'long '.repeat(10_000)}`, 'text/html'))).toMatchObject({
      message: expect.stringMatching(/^.{0,600}$/s),
    })
  })

  test.each([
    ['empty', ''],
    ['blank', ' \n\n'],
  ])('that answers with an %s body is named, and may be asked again', async (_title, text) => {
    for (const type of ['application/json', 'text/html'])
      expect(await failure(body(text, type))).toMatchObject({
        kind: 'unavailable',
        message: "The model's provider failed: the response was empty.",
      })
    expect(await failure(body(text, 'text/event-stream'))).toMatchObject({
      kind: 'unavailable',
      message: "The model's provider failed: the stream ended before its end event.",
    })
  })

  test('that breaks off its JSON is named, and may be asked again', async () => {
    expect(await failure(body('{"id": "1", "type": "mess'))).toMatchObject({
      kind: 'unavailable',
      message: "The model's provider failed: the response is not valid JSON.",
    })
  })

  test.each([
    [{ type: 'invalid_request_error', message: 'bad' }, 'refused'],
    [{ type: 'authentication_error', message: 'bad' }, 'credentials'],
    [{ code: 'insufficient_quota', message: 'You exceeded your current quota' }, 'spend-limit'],
    [{ code: 404, message: 'no endpoints' }, 'no-such-model'],
    [{ code: '429', message: 'slow down' }, 'rate-limited'],
    [{ type: 'overloaded_error', message: 'busy' }, 'unavailable'],
    [{ type: 'never_heard_of', message: 'odd' }, 'unavailable'],
    ['a sentence', 'unavailable'],
  ])('that reports the error %o with status 200 is treated as if the status were right: %s', async (error, kind) => {
    const said = await failure(body(JSON.stringify({ error })))
    expect(said.kind).toBe(kind)
    expect(said.message).toContain(typeof error === 'string' ? error : error.message)
  })
})

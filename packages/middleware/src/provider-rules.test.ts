import { AIMessage, type BaseMessage, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { acceptableMessages } from './provider-rules/acceptable-messages.ts'

const call = (id: string) => ({ id, name: 'weather', args: {}, type: 'tool_call' as const })
const answer = (content: AIMessage['content'], ...ids: string[]) =>
  new AIMessage({ content, tool_calls: ids.map(call) })
const result = (tool_call_id: string, content: ToolMessage['content'] = 'Rain.') =>
  new ToolMessage({ tool_call_id, content })
const shown = (messages: readonly BaseMessage[]) =>
  messages.map((message) =>
    ToolMessage.isInstance(message)
      ? [message.type, message.tool_call_id, message.content]
      : [message.type, message.content],
  )

const providers = ['anthropic', 'openai', 'google_genai', 'something-else']

describe('a conversation', () => {
  test('keeps an answer with only tool calls unchanged, with the items that its provider requires', () => {
    const output = [
      { type: 'reasoning', id: 'rs_1' },
      { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'pay' },
    ]
    const calls = new AIMessage({
      content: [],
      tool_calls: [{ id: 'call_1', name: 'pay', args: {} }],
      response_metadata: { output },
    })
    const result = new ToolMessage({ tool_call_id: 'call_1', name: 'pay', content: 'paid' })
    const messages = [new HumanMessage('Pay'), calls, result]
    expect(acceptableMessages('openai', messages)).toBe(messages)
  })

  test.each(providers)('that %s accepts is sent unchanged', (provider) => {
    const messages = [
      new SystemMessage('Be brief.'),
      new HumanMessage([
        { type: 'text', text: 'Weather?' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,aaaa' } },
      ]),
      answer('I look.', 'call_1', 'call_2'),
      result('call_1'),
      result('call_2', ''),
    ]
    expect(acceptableMessages(provider, messages)).toBe(messages)
  })

  test('keeps the thinking of an answer with text, and drops an answer of only thinking', () => {
    const thinking = { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' }
    const speaking = answer([thinking, { type: 'text', text: 'Yes.' }])
    const accepted = acceptableMessages('anthropic', [
      new HumanMessage('a'),
      answer([thinking, { type: 'text', text: ' ' }]),
      new HumanMessage('b'),
      speaking,
      new HumanMessage('c'),
    ])
    expect(shown(accepted).map(([type]) => type)).toEqual(['human', 'human', 'ai', 'human'])
    expect(accepted[2]).toBe(speaking)
  })

  test("gets OpenAI's refusal as the text of an empty answer", () => {
    const refused = new AIMessage({ content: '', additional_kwargs: { refusal: 'I can not help.' } })
    expect(shown(acceptableMessages('openai', [new HumanMessage('a'), refused, new HumanMessage('b')]))[1]).toEqual([
      'ai',
      'I can not help.',
    ])
  })

  test('has the newest result after each call, a placeholder for a missing result, and no result without a call', () => {
    const accepted = acceptableMessages('openai', [
      new HumanMessage('a'),
      result('gone'),
      answer('', 'one', 'two'),
      result('one', 'first'),
      new HumanMessage('b'),
      result('one', 'second'),
    ])
    expect(shown(accepted)).toEqual([
      ['human', 'a'],
      ['ai', ''],
      ['tool', 'one', 'second'],
      ['tool', 'two', 'This call has no result: it was not completed.'],
      ['human', 'b'],
    ])
  })

  test('has the same unique and plain ids in calls, content and results', () => {
    const long = `fc_${'x'.repeat(100)}`
    const withBlock = answer([{ type: 'tool_use', id: 'a:1', name: 'weather', input: {} }], 'a:1')
    const accepted = acceptableMessages('openai', [
      new HumanMessage('a'),
      withBlock,
      result('a:1', 'r1'),
      answer('', 'a:1', long),
      result(long, 'r3'),
      result('a:1', 'r2'),
    ])
    expect(shown(accepted)).toEqual([
      ['human', 'a'],
      ['ai', [{ type: 'tool_use', id: 'a_1', name: 'weather', input: {} }]],
      ['tool', 'a_1', 'r1'],
      ['ai', ''],
      ['tool', 'a_1_2', 'r2'],
      ['tool', long.slice(0, 40), 'r3'],
    ])
    expect(withBlock.tool_calls?.[0]?.id).toBe('a:1')
  })

  test('drops calls that LangChain could not parse from all fields of a message', () => {
    const unread = new AIMessage({
      content: [
        { type: 'text', text: 'I look.' },
        { type: 'tool_use', id: 'x', name: 'weather', input: '{"ci' },
      ],
      additional_kwargs: {
        tool_calls: [{ id: 'x', type: 'function', function: { name: 'weather', arguments: '{"ci' } }],
      },
      response_metadata: { model_provider: 'openai', output: [{ type: 'function_call', call_id: 'x' }] },
    })
    const [, accepted] = acceptableMessages('openai', [new HumanMessage('a'), unread, new HumanMessage('b')])
    expect(accepted?.content).toEqual([{ type: 'text', text: 'I look.' }])
    expect(accepted?.additional_kwargs).toEqual({})
    expect(accepted?.response_metadata).toEqual({ model_provider: 'openai' })
  })

  test('begins and ends with the user, without system messages between, if the provider requires it', () => {
    const messages = [new SystemMessage('s'), answer('Welcome!'), new SystemMessage('late'), answer('Well, ')]
    expect(shown(acceptableMessages('google_genai', messages))).toEqual([
      ['system', 's'],
      ['human', '[the conversation starts here]'],
      ['ai', 'Welcome!'],
      ['human', '<system>\nlate\n</system>'],
      ['ai', 'Well, '],
      ['human', 'Please continue.'],
    ])
    expect(acceptableMessages('openai', messages)).toBe(messages)
  })

  test('is valid after one pass for any input, and the thread is never changed', () => {
    const content = fc.oneof(
      fc.constantFrom('', ' ', 'text'),
      fc.array(
        fc.constantFrom(
          { type: 'text', text: '' },
          { type: 'text', text: '\n' },
          { type: 'text', text: 'text' },
          { type: 'thinking', thinking: 'Hm.', signature: 's' },
          { type: 'image_url', image_url: { url: '' } },
          { type: 'tool_use', id: 'a', name: 'weather', input: {} },
        ),
        { maxLength: 3 },
      ),
    )
    const id = fc.constantFrom('a', 'b', 'a:b', 'x'.repeat(50))
    const message = fc.oneof(
      content.map((value) => new HumanMessage({ content: value, name: 'Ada L' })),
      fc.tuple(content, fc.array(id, { maxLength: 3 })).map(([value, ids]) => answer(value, ...ids)),
      fc.tuple(id, content).map(([of, value]) => result(of, value)),
      content.map((value) => new SystemMessage({ content: value })),
    )
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), fc.constantFrom(...providers), (messages, provider) => {
        const before = JSON.stringify(messages)
        const accepted = acceptableMessages(provider, messages)
        expect(JSON.stringify(messages)).toBe(before)
        expect(acceptableMessages(provider, accepted)).toBe(accepted)
        const open: string[] = []
        for (const each of accepted) {
          if (ToolMessage.isInstance(each)) expect(open.shift()).toBe(each.tool_call_id)
          else expect(open).toEqual([])
          if (AIMessage.isInstance(each)) open.push(...(each.tool_calls ?? []).map((one) => one.id ?? ''))
          if (!ToolMessage.isInstance(each) && !AIMessage.isInstance(each))
            expect(each.text.trim() || each.content).not.toBe('')
        }
        expect(open).toEqual([])
      }),
    )
  })
})

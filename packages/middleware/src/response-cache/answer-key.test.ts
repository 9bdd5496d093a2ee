import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type AnswerRequest, answerKey } from './answer-key.ts'

const conversation = (call: string) => [
  new HumanMessage('What is the weather?'),
  new AIMessage({
    content: [{ type: 'tool_use', id: call, name: 'weather', input: { place: 'here' } }],
    tool_calls: [{ id: call, name: 'weather', args: { place: 'here' } }],
  }),
  new ToolMessage({ content: 'Rain', tool_call_id: call }),
]

const weather = (description = 'Tells the weather', schema: z.ZodObject = z.object({ place: z.string() })) =>
  tool(() => '', { name: 'weather', description, schema })
const clock = () => tool(() => '', { name: 'clock', description: 'Tells the time', schema: z.object({}) })

const request = (part: Partial<AnswerRequest> = {}): AnswerRequest => ({
  tenant: 'acme',
  model: { class: 'ChatModel', parameters: { model: 'small', temperature: 0.2 } },
  system: 'Be brief.',
  messages: conversation('call_a'),
  tools: [weather(), clock()],
  toolChoice: 'auto',
  responseFormat: z.object({ answer: z.string() }),
  settings: { container: 'one' },
  surroundings: { state: { memory: 'likes rain' }, context: { user: 'ann' } },
  ...part,
})

describe('the key of an answer', () => {
  test('does not depend on the order of keys and tools, nor on the ids of tool calls', () => {
    const same = request({
      model: { parameters: { temperature: 0.2, model: 'small' }, class: 'ChatModel' },
      messages: conversation('call_b'),
      tools: [clock(), weather()],
      surroundings: { context: { user: 'ann' }, state: { memory: 'likes rain' } },
    })
    expect(answerKey(same)).toBe(answerKey(request()))
  })

  test('does not depend on fields that the model does not get', () => {
    const [question, ...rest] = conversation('call_a')
    const noted = new HumanMessage({
      content: question?.content ?? '',
      id: 'another',
      response_metadata: { seen: true },
    })
    expect(answerKey(request({ messages: [noted, ...rest] }))).toBe(answerKey(request()))
  })

  const [question, call, result] = conversation('call_a')
  const changed: Record<string, Partial<AnswerRequest>> = {
    tenant: { tenant: 'acme2' },
    model: { model: { class: 'ChatModel', parameters: { model: 'large', temperature: 0.2 } } },
    temperature: { model: { class: 'ChatModel', parameters: { model: 'small', temperature: 0.3 } } },
    provider: { model: { class: 'OtherModel', parameters: { model: 'small', temperature: 0.2 } } },
    'system prompt': { system: 'Be long.' },
    'text of a message': { messages: [new HumanMessage('What is the time?'), ...conversation('call_a').slice(1)] },
    'role of a message': { messages: [new AIMessage('What is the weather?'), ...conversation('call_a').slice(1)] },
    'name of a speaker': {
      messages: [
        new HumanMessage({ content: 'What is the weather?', name: 'ann' }),
        ...conversation('call_a').slice(1),
      ],
    },
    'order of messages': { messages: [call, question, result].filter((message) => message !== undefined) },
    'end of the conversation': { messages: conversation('call_a').slice(0, 2) },
    "tool call's arguments": {
      messages: conversation('call_a').map((message) =>
        AIMessage.isInstance(message)
          ? new AIMessage({
              content: message.content,
              tool_calls: [{ id: 'call_a', name: 'weather', args: { place: 'there' } }],
            })
          : message,
      ),
    },
    "tool's result": {
      messages: [...conversation('call_a').slice(0, 2), new ToolMessage({ content: 'Sun', tool_call_id: 'call_a' })],
    },
    'status of a result': {
      messages: [
        ...conversation('call_a').slice(0, 2),
        new ToolMessage({ content: 'Rain', tool_call_id: 'call_a', status: 'error' }),
      ],
    },
    'which call a result answers': {
      messages: [...conversation('call_a').slice(0, 2), new ToolMessage({ content: 'Rain', tool_call_id: 'other' })],
    },
    'tool taken away': { tools: [weather()] },
    "tool's description": { tools: [weather('Tells lies'), clock()] },
    "tool's schema": { tools: [weather(undefined, z.object({ place: z.string().max(5) })), clock()] },
    'tool choice': { toolChoice: 'none' },
    'response format': { responseFormat: z.object({ answer: z.number() }) },
    'no response format': { responseFormat: undefined },
    settings: { settings: { container: 'two' } },
    'state of the agent': { surroundings: { state: { memory: 'likes sun' }, context: { user: 'ann' } } },
    'context of the run': { surroundings: { state: { memory: 'likes rain' }, context: { user: 'bob' } } },
  }
  test.each(Object.keys(changed))('changes with another %s', (what) => {
    expect(answerKey(request(changed[what]))).not.toBe(answerKey(request()))
  })

  test('changes with any text in a conversation', () => {
    const texts = fc.array(fc.string(), { minLength: 1, maxLength: 4 })
    const key = (lines: string[]) => answerKey(request({ messages: lines.map((line) => new HumanMessage(line)) }))
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const equal = a.length === b.length && a.every((line, index) => line === b[index])
        return (key(a) === key(b)) === equal
      }),
    )
  })

  test('changes if a result belongs to another of two parallel calls', () => {
    const parallel = (first: string, second: string, answered: string) => [
      new AIMessage({
        content: '',
        tool_calls: [
          { id: first, name: 'clock', args: {} },
          { id: second, name: 'clock', args: {} },
        ],
      }),
      new ToolMessage({ content: 'noon', tool_call_id: answered }),
    ]
    const key = (...ids: [string, string, string]) => answerKey(request({ messages: parallel(...ids) }))
    expect(key('a', 'b', 'a')).toBe(key('x', 'y', 'x'))
    expect(key('a', 'b', 'a')).not.toBe(key('a', 'b', 'b'))
  })

  test('changes with an id in the arguments of a tool', () => {
    const asked = (id: string) => [new AIMessage({ content: '', tool_calls: [{ id, name: 'find', args: { id } }] })]
    expect(answerKey(request({ messages: asked('a') }))).not.toBe(answerKey(request({ messages: asked('b') })))
  })
})

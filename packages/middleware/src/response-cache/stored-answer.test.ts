import { AIMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { foundAnswer, mayBeKept, storedAnswer } from './stored-answer.ts'

const call = { id: 'call_1', name: 'weather', args: {} }

describe('an answer', () => {
  test.each([
    ['a complete answer', { content: 'Rain', response_metadata: { stop_reason: 'end_turn' } }, true],
    ['an answer without metadata', { content: 'Rain' }, true],
    [
      'an answer truncated at the maximum length',
      { content: 'Rain', response_metadata: { finish_reason: 'length' } },
      false,
    ],
    [
      'an answer that a filter stopped',
      { content: 'Rain', response_metadata: { finish_reason: 'content_filter' } },
      false,
    ],
    ['an answer whose stream ended without a reason', { content: 'Ra', response_metadata: { model: 'small' } }, false],
    ['an incomplete answer', { content: 'Ra', response_metadata: { status: 'incomplete' } }, false],
    [
      'an answer of a version of the model',
      { content: 'Rain', response_metadata: { model_name: 'small-2026', stop_reason: 'stop' } },
      true,
    ],
    [
      'an answer of a fallback',
      { content: 'Rain', response_metadata: { model_name: 'other', stop_reason: 'stop' } },
      false,
    ],
    ['an empty answer', { content: '' }, false],
    ['an answer that calls a tool', { content: '', tool_calls: [call] }, false],
    [
      'an answer with an invalid tool call',
      { content: 'So', invalid_tool_calls: [{ id: 'call_1', args: '{' }] },
      false,
    ],
  ] as const)('%s can be stored: %s', (_, fields, kept) => {
    const message = new AIMessage({ ...fields } as ConstructorParameters<typeof AIMessage>[0])
    expect(mayBeKept(message, 'small', false)).toBe(kept)
  })

  test('that calls a tool can be stored if the option allows it', () => {
    expect(mayBeKept(new AIMessage({ content: '', tool_calls: [call] }), undefined, true)).toBe(true)
  })

  test('is returned with a new id and without used tokens', () => {
    const made = new AIMessage({
      id: 'first',
      content: 'Rain',
      usage_metadata: { input_tokens: 7, output_tokens: 3, total_tokens: 10 },
      response_metadata: { model_name: 'small', stop_reason: 'end_turn', usage: { input_tokens: 7 } },
    })
    const found = foundAnswer('key', storedAnswer('key', made, 2.5))
    expect(found).toMatchObject({ tokens: 10, seconds: 2.5 })
    expect(found?.message.text).toBe('Rain')
    expect(JSON.stringify(found?.message)).toContain('"total_tokens":0')
    expect(found?.message.id).not.toBe('first')
    expect(found?.message.usage_metadata).toEqual({ input_tokens: 0, output_tokens: 0, total_tokens: 0 })
    expect(found?.message.response_metadata).toEqual({ model_name: 'small', stop_reason: 'end_turn', cached: true })
  })

  test.each([
    ['truncated', storedAnswer('key', new AIMessage('Rain'), 1).slice(0, 40)],
    ['empty', ''],
    ['other JSON', '{"some":"thing"}'],
    ['of another request', storedAnswer('other', new AIMessage('Rain'), 1)],
    ['a user message', storedAnswer('key', new AIMessage('Rain'), 1).replace('"type":"ai"', '"type":"human"')],
    ['null', 'null'],
  ])('is undefined if the entry is %s', (_, text) => {
    expect(foundAnswer('key', text)).toBeUndefined()
  })
})

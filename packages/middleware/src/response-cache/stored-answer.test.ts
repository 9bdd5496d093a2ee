import { AIMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { foundAnswer, mayBeKept, storedAnswer } from './stored-answer.ts'

const call = { id: 'call_1', name: 'weather', args: {} }

describe('an answer', () => {
  test.each([
    ['a whole one', { content: 'Rain', response_metadata: { stop_reason: 'end_turn' } }, true],
    ['one of a model that tells nothing', { content: 'Rain' }, true],
    ['one cut at its greatest length', { content: 'Rain', response_metadata: { finish_reason: 'length' } }, false],
    ['one that a filter stopped', { content: 'Rain', response_metadata: { finish_reason: 'content_filter' } }, false],
    ['one whose stream ended without a reason', { content: 'Ra', response_metadata: { model: 'small' } }, false],
    ['one of which only a part is complete', { content: 'Ra', response_metadata: { status: 'incomplete' } }, false],
    [
      'one of the version',
      { content: 'Rain', response_metadata: { model_name: 'small-2026', stop_reason: 'stop' } },
      true,
    ],
    ['one of a fallback', { content: 'Rain', response_metadata: { model_name: 'other', stop_reason: 'stop' } }, false],
    ['an empty one', { content: '' }, false],
    ['one that calls a tool', { content: '', tool_calls: [call] }, false],
    ['one that calls a tool wrongly', { content: 'So', invalid_tool_calls: [{ id: 'call_1', args: '{' }] }, false],
  ] as const)('%s is kept: %s', (_, fields, kept) => {
    const message = new AIMessage({ ...fields } as ConstructorParameters<typeof AIMessage>[0])
    expect(mayBeKept(message, 'small', false)).toBe(kept)
  })

  test('that calls a tool is kept where that is asked for', () => {
    expect(mayBeKept(new AIMessage({ content: '', tool_calls: [call] }), undefined, true)).toBe(true)
  })

  test('comes back as one of its own that cost nothing', () => {
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
    ['half of one', storedAnswer('key', new AIMessage('Rain'), 1).slice(0, 40)],
    ['nothing', ''],
    ['another entry', '{"some":"thing"}'],
    ["another request's", storedAnswer('other', new AIMessage('Rain'), 1)],
    ["a person's words", storedAnswer('key', new AIMessage('Rain'), 1).replace('"type":"ai"', '"type":"human"')],
    ['null', 'null'],
  ])('is none where the entry is %s', (_, text) => {
    expect(foundAnswer('key', text)).toBeUndefined()
  })
})

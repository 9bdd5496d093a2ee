import { AIMessage, HumanMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { estimatedUsage, noTokens, reportedUsage, totalTokens } from './token-usage.ts'

const answer = (usage_metadata: object, response_metadata = {}): AIMessage =>
  new AIMessage({ content: 'Yes.', usage_metadata: usage_metadata as AIMessage['usage_metadata'], response_metadata })

describe('the usage that a provider reports', () => {
  test('is split by price, and no token is counted twice', () => {
    const usage = reportedUsage(
      answer({
        input_tokens: 1_000,
        output_tokens: 300,
        total_tokens: 1_300,
        input_token_details: { cache_read: 600, cache_creation: 150 },
        output_token_details: { reasoning: 120 },
      }),
    )
    expect(usage).toEqual({ input: 250, cacheRead: 600, cacheCreation: 150, output: 180, reasoning: 120 })
    expect(usage && totalTokens(usage)).toBe(1_300)
  })

  test('may be without details', () => {
    const usage = reportedUsage(answer({ input_tokens: 10, output_tokens: 3, total_tokens: 13 }))
    expect(usage).toEqual({ ...noTokens, input: 10, output: 3 })
  })

  test.each([
    ['nothing', new AIMessage('Yes.')],
    ['zeros', answer({ input_tokens: 0, output_tokens: 0, total_tokens: 0 })],
    ['not a number', answer({ input_tokens: 'many', output_tokens: Number.NaN, total_tokens: null })],
    ['not a message', undefined],
  ])('is undefined if it is %s', (_, message) => {
    expect(reportedUsage(message)).toBeUndefined()
  })

  test('is zero for an answer from a cache', () => {
    const cached = answer({ input_tokens: 10, output_tokens: 3, total_tokens: 13 }, { cached: true })
    expect(reportedUsage(cached)).toEqual(noTokens)
  })
})

test('without usage of the provider, prompt and answer are counted, including tool calls', () => {
  const call = new AIMessage({ content: 'ok', tool_calls: [{ name: 'search', args: { query: 'x' }, id: '1' }] })
  const usage = estimatedUsage([new HumanMessage('four'), new HumanMessage('more')], call, (text) => text.length)
  expect(usage.input).toBe(8)
  expect(usage.output).toBe('ok'.length + JSON.stringify(call.tool_calls).length)
})

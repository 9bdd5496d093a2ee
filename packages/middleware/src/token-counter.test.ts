import { expect, test } from 'vitest'
import { tokenCounter } from './token-counter.ts'

const count = await tokenCounter()

test.each([
  ['', 0],
  ['hello world', 2],
  ['안녕하세요', 2],
  // The tokenizer's own marks are text where a person writes them.
  ['<|endoftext|>', 7],
])('%j is counted as o200k_base does', (text, tokens) => {
  expect(count(text)).toBe(tokens)
})

test('a long text is counted in pieces, a token more for each at most', () => {
  const sentence = 'The quick brown fox jumps over the lazy dog. '
  const once = count(sentence)
  expect(count(sentence.repeat(1_000))).toBeGreaterThanOrEqual(once * 1_000 - 1_000)
  expect(count(sentence.repeat(1_000))).toBeLessThanOrEqual(once * 1_000 + Math.ceil((sentence.length * 1_000) / 2_048))
})

test('a very long text is estimated from pieces all over it, with a bounded number of them', () => {
  const sentence = 'The quick brown fox jumps over the lazy dog. '
  const mixed = sentence.repeat(20_000) + '안녕하세요 여러분 '.repeat(100_000)
  const exact = count(sentence.repeat(20)) * 1_000 + count('안녕하세요 여러분 '.repeat(100)) * 1_000
  expect(count(mixed) / exact).toBeGreaterThan(0.9)
  expect(count(mixed) / exact).toBeLessThan(1.1)
})

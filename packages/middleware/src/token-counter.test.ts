import { expect, test } from 'vitest'
import { tokenCounter } from './token-counter.ts'

const count = await tokenCounter()

test.each([
  ['', 0],
  ['hello world', 2],
  ['안녕하세요', 2],
  // Special tokens in the text of a message are ordinary text.
  ['<|endoftext|>', 7],
])('counts %j like o200k_base', (text, tokens) => {
  expect(count(text)).toBe(tokens)
})

test('counts a long text in pieces, with at most one additional token per piece', () => {
  const sentence = 'The quick brown fox jumps over the lazy dog. '
  const once = count(sentence)
  expect(count(sentence.repeat(1_000))).toBeGreaterThanOrEqual(once * 1_000 - 1_000)
  expect(count(sentence.repeat(1_000))).toBeLessThanOrEqual(once * 1_000 + Math.ceil((sentence.length * 1_000) / 2_048))
})

test('estimates a very long text from a limited number of pieces spread over the text', () => {
  const sentence = 'The quick brown fox jumps over the lazy dog. '
  const mixed = sentence.repeat(20_000) + '안녕하세요 여러분 '.repeat(100_000)
  const exact = count(sentence.repeat(20)) * 1_000 + count('안녕하세요 여러분 '.repeat(100)) * 1_000
  expect(count(mixed) / exact).toBeGreaterThan(0.9)
  expect(count(mixed) / exact).toBeLessThan(1.1)
})

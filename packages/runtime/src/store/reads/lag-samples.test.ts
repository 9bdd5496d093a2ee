import { expect, test } from 'vitest'
import { LagSamples } from './lag-samples.ts'

/** Samples with a bound of 10 s of a primary that writes one position per second, from second 0 to `last`. */
function samplesUntil(last: number): LagSamples {
  const samples = new LagSamples(10_000)
  for (let second = 0; second <= last; second++) samples.record(BigInt(second), second * 1_000)
  return samples
}

test('a replica is within the bound if it has replayed a position that is not older than it', () => {
  const samples = samplesUntil(100)
  expect(samples.isWithinBound(100n, 100_000)).toBe(true)
  expect(samples.isWithinBound(90n, 100_000)).toBe(true)
  expect(samples.isWithinBound(89n, 100_000)).toBe(false)
  expect(samples.isWithinBound(95n, 105_001)).toBe(false)
})

test('a process that has not seen the primary within the bound does not know the lag', () => {
  expect(new LagSamples(10_000).isWithinBound(5n, 0)).toBe(false)
  expect(samplesUntil(100).isWithinBound(100n, 110_001)).toBe(false)
})

test('a busy process keeps old samples: each of its reads records one', () => {
  const samples = new LagSamples(10_000)
  for (let at = 0; at <= 100_000; at += 10) samples.record(BigInt(at), at)
  expect(samples.isWithinBound(91_000n, 100_000)).toBe(true)
  expect(samples.isWithinBound(89_000n, 100_000)).toBe(false)
})

test('the lag is the age of the newest position that the replica has replayed', () => {
  const samples = samplesUntil(100)
  expect(samples.lagSeconds(97n, 100_000)).toBe(3)
  expect(samples.lagSeconds(5n, 100_000)).toBe(Number.POSITIVE_INFINITY)
})

import { expect, test } from 'vitest'
import { type ApprovedCall, approvalDigest, digestVersionOf } from './approval-digest.ts'

const call: ApprovedCall = {
  tool: 'pay',
  args: { amount: 1, to: 'x' },
  tenant: 'default',
  threadId: 'thread',
  place: 'tools:1 call_1',
  expiresAt: 1_800_000_000_000,
}

test('the digest is the same for the same call, whatever the order of its arguments', () => {
  expect(approvalDigest({ ...call, args: { to: 'x', amount: 1 } })).toBe(approvalDigest(call))
})

const others: Partial<ApprovedCall>[] = [
  { tool: 'refund' },
  { args: { amount: 82_000, to: 'x' } },
  { args: { amount: '1', to: 'x' } },
  { args: { amount: 1, to: 'x', more: null } },
  { tenant: 'other' },
  { threadId: 'another' },
  { place: 'tools:1 call_2' },
  { expiresAt: call.expiresAt + 1 },
]
test.each(others)('another digest for %j', (other) => {
  expect(approvalDigest({ ...call, ...other })).not.toBe(approvalDigest(call))
})

test('a digest of version 1 stays what it was, so that questions of an earlier release keep theirs', () => {
  expect(approvalDigest(call, 1)).toBe('6290f12dabadf7d58ff9159f3d15530c50b9620c27c5608712b3b0de0b4a84e7')
})

test('tells the version of a digest, and none for the digest of another call', () => {
  for (const version of [1, 2] as const) expect(digestVersionOf(call, approvalDigest(call, version))).toBe(version)
  expect(digestVersionOf({ ...call, tool: 'refund' }, approvalDigest(call, 1))).toBeUndefined()
  expect(digestVersionOf(call, 'f'.repeat(64))).toBeUndefined()
})

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

test('the digest does not depend on the order of the arguments', () => {
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
test.each(others)('a call that differs in %j has another digest', (other) => {
  expect(approvalDigest({ ...call, ...other })).not.toBe(approvalDigest(call))
})

test('the digest of version 1 is the one that earlier releases compute', () => {
  expect(approvalDigest(call, 1)).toBe('6290f12dabadf7d58ff9159f3d15530c50b9620c27c5608712b3b0de0b4a84e7')
})

test('returns the version of a digest, and undefined for the digest of another call', () => {
  for (const version of [1, 2] as const) expect(digestVersionOf(call, approvalDigest(call, version))).toBe(version)
  expect(digestVersionOf({ ...call, tool: 'refund' }, approvalDigest(call, 1))).toBeUndefined()
  expect(digestVersionOf(call, 'f'.repeat(64))).toBeUndefined()
})

import { expect, test } from 'vitest'
import { type ApprovedCall, approvalDigest } from './approval-digest.ts'

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

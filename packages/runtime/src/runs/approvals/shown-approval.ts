import { createHash } from 'node:crypto'
import type { ApprovalRequest } from '@hadal/middleware/approvals/approval-answer'
import { canonicalJson } from '@hadal/middleware/canonical-json'
import { inBothSpellings } from './both-spellings.ts'

/** A tool call that waits for an approval: the id of its own interrupt, and the interrupt's value. */
export interface WaitingCall {
  readonly id: string
  readonly request: ApprovalRequest
}

/** The interrupt that shows all tool calls of a thread that wait for an approval. */
export interface ShownApproval {
  readonly id: string
  readonly value: Readonly<Record<string, unknown>>
}

/** SHA-256 hash, in hexadecimal, of the digests of calls in their order. */
const digestOfAll = (calls: readonly WaitingCall[]): string =>
  createHash('sha256')
    .update(canonicalJson(calls.map(({ request }) => request.approval.digest)))
    .digest('hex')

/** Digest to which an answer to all waiting calls can refer: that of the call if only one waits. */
export function shownDigest(calls: readonly WaitingCall[]): string {
  const [only, ...others] = calls
  return only && others.length === 0 ? only.request.approval.digest : digestOfAll(calls)
}

/**
 * Combines the calls of a thread that wait for an approval into the one interrupt that clients see. Its id depends on the calls and their order, so
 * that an answer to other calls is recognized.
 *
 * @param calls in the order in which a client's decisions refer to them
 * @returns undefined if no call waits
 */
export function shownApproval(calls: readonly WaitingCall[]): ShownApproval | undefined {
  const [first] = calls
  if (!first) return undefined
  const actions = calls.map(({ request: { actionRequests } }) => actionRequests[0])
  const reviews = calls.map(({ request: { reviewConfigs } }) => {
    const [{ actionName, allowedDecisions }] = reviewConfigs
    return { actionName, allowedDecisions }
  })
  const expiries = calls.map(({ request }) => request.approval.expiresAt)
  const { because } = first.request.approval
  return {
    // LangGraph's interrupt ids have 32 hexadecimal digits too.
    id: digestOfAll(calls).slice(0, 32),
    value: {
      ...inBothSpellings({ actionRequests: actions, reviewConfigs: reviews }),
      approval: {
        digest: shownDigest(calls),
        expiresAt: expiries.reduce((earliest, at) => (Date.parse(at) < Date.parse(earliest) ? at : earliest)),
        ...(calls.length === 1 && because ? { because } : {}),
        calls: calls.map(({ id, request }) => ({
          id,
          digest: request.approval.digest,
          expiresAt: request.approval.expiresAt,
          ...(request.approval.askedAt ? { askedAt: request.approval.askedAt } : {}),
          ...(request.approval.because ? { because: request.approval.because } : {}),
        })),
      },
    },
  }
}

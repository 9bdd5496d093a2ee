import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'

/** Everything that an approval is bound to. If any of it differs, it is another call. */
export interface ApprovedCall {
  readonly tool: string
  readonly args: Readonly<Record<string, unknown>>
  readonly tenant: string
  readonly threadId: string
  /** Where in the graph the call stands: the namespace of its task, and the call's id. */
  readonly place: string
  /** Milliseconds since 1970. An answer that comes later doesn't count. */
  readonly expiresAt: number
}

/** @returns sha256 over the call's canonical JSON, in hexadecimal */
export const approvalDigest = ({ tool, args, tenant, threadId, place, expiresAt }: ApprovedCall): string =>
  createHash('sha256').update(canonicalJson({ tool, args, tenant, threadId, place, expiresAt })).digest('hex')

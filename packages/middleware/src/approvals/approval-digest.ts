import { createHash } from 'node:crypto'
import { canonicalJson } from '../canonical-json.ts'

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

/** Versions of the digest that this release reads, the newest first. From version 2 on, the version is part of the hashed text. */
export const digestVersions = [2, 1] as const
export type DigestVersion = (typeof digestVersions)[number]

/** The version that this release writes. The release before reads version 1 only, and may have to execute what is asked here. */
const writtenVersion: DigestVersion = 1

/** @returns sha256 over the call's canonical JSON and the version of the digest, in hexadecimal */
export function approvalDigest(call: ApprovedCall, version: DigestVersion = writtenVersion): string {
  const { tool, args, tenant, threadId, place, expiresAt } = call
  const identity = { tool, args, tenant, threadId, place, expiresAt }
  const text = canonicalJson(version === 1 ? identity : { version, ...identity })
  return createHash('sha256').update(text).digest('hex')
}

/** The version in which a digest is the digest of this call; undefined if it is the digest of another call. */
export const digestVersionOf = (call: ApprovedCall, digest: string): DigestVersion | undefined =>
  digestVersions.find((version) => approvalDigest(call, version) === digest)

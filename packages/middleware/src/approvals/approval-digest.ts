import { createHash } from 'node:crypto'
import { canonicalJson } from '../canonical-json.ts'

/** Fields of a tool call to which an approval is bound. The approval is not valid if any of them differs. */
export interface ApprovedCall {
  readonly tool: string
  readonly args: Readonly<Record<string, unknown>>
  readonly tenant: string
  readonly threadId: string
  /** Place of the tool call in the graph: the namespace of its task, and the id of the call. */
  readonly place: string
  /** When the question about the call expires, in milliseconds since 1970. A later answer is not valid. */
  readonly expiresAt: number
}

/** Versions of the digest that this release reads, the newest first. From version 2 on, the version is part of the hashed text. */
export const digestVersions = [2, 1] as const
export type DigestVersion = (typeof digestVersions)[number]

/** Digest version that this release writes. The previous release reads only version 1, and may have to execute calls that this one asked about. */
const writtenVersion: DigestVersion = 1

/** Digest of an approval: the SHA-256 hash, in hexadecimal, of the call's canonical JSON and the version of the digest. */
export function approvalDigest(call: ApprovedCall, version: DigestVersion = writtenVersion): string {
  const { tool, args, tenant, threadId, place, expiresAt } = call
  const identity = { tool, args, tenant, threadId, place, expiresAt }
  const text = canonicalJson(version === 1 ? identity : { version, ...identity })
  return createHash('sha256').update(text).digest('hex')
}

/** Digest version with which a digest was computed for a call; undefined if it is the digest of another call. */
export const digestVersionOf = (call: ApprovedCall, digest: string): DigestVersion | undefined =>
  digestVersions.find((version) => approvalDigest(call, version) === digest)

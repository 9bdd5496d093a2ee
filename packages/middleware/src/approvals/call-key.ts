import { createHash } from 'node:crypto'
import type { ClientTool, ServerTool } from '@langchain/core/tools'
import { canonicalJson } from '../canonical-json.ts'
import { isObject } from '../unknown-value.ts'

/** Identity of a tool call, the same in every execution of its task. */
export interface CallIdentity {
  readonly tenant: string
  readonly threadId: string
  /** Place of the tool call in the graph: the namespace of its task, and the id of the call. */
  readonly place: string
}

/** Key of a tool call: the SHA-256 hash of tenant, thread, task and call id, in hexadecimal. */
export const callKeyOf = ({ tenant, threadId, place }: CallIdentity): string =>
  createHash('sha256').update(canonicalJson({ tenant, threadId, place })).digest('hex')

/**
 * Key of the call that a tool is executing, the same in every execution of the call and different for every other call. A tool can send it to
 * another system as an idempotency key, and then declares `metadata: { idempotent: true }`.
 *
 * @param runtime the second argument of the tool's function
 * @throws Error if the agent has no approvals middleware
 */
export function callKey(runtime: object): string {
  const key: unknown = Reflect.get(runtime, 'callKey')
  if (typeof key === 'string') return key
  throw new Error('This tool call has no key. Call the tool in an agent that has createApprovalsMiddleware().')
}

/** Whether the author of a tool declared `metadata: { idempotent: true }`: a call that may have acted can be executed again. */
export const isIdempotent = (tool: unknown): boolean =>
  isObject(tool) && isObject(tool.metadata) && tool.metadata.idempotent === true

/** Proxy of a tool that passes the key to the tool's function as `runtime.callKey`. */
export function withCallKey<Tool extends ClientTool | ServerTool>(tool: Tool, key: string): Tool {
  return new Proxy(tool, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property)
      if (property !== 'invoke' || typeof value !== 'function') return value
      return (input: unknown, config: object | undefined): unknown =>
        value.call(target, input, { ...config, callKey: key })
    },
  })
}

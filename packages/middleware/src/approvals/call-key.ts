import { createHash } from 'node:crypto'
import type { ClientTool, ServerTool } from '@langchain/core/tools'
import { canonicalJson } from '../canonical-json.ts'
import { isObject } from '../unknown-value.ts'

/** What identifies a call of a tool, however often its task is executed. */
export interface CallIdentity {
  readonly tenant: string
  readonly threadId: string
  /** The namespace of the call's task in the graph, and the call's id. */
  readonly place: string
}

/** @returns sha256 over tenant, thread, task and call id, in hexadecimal */
export const callKeyOf = ({ tenant, threadId, place }: CallIdentity): string =>
  createHash('sha256').update(canonicalJson({ tenant, threadId, place })).digest('hex')

/**
 * The stable key of the call that a tool is executing: the same in each execution of the call, another for each other call. A tool sends it to
 * the other side as an idempotency key, and then declares `metadata: { idempotent: true }`.
 *
 * @param runtime the second argument of the tool's function
 * @throws Error outside an agent with approvals
 */
export function callKey(runtime: object): string {
  const key: unknown = Reflect.get(runtime, 'callKey')
  if (typeof key === 'string') return key
  throw new Error('This call of a tool has no key. Call the tool in an agent that has createApprovalsMiddleware().')
}

/** Whether a tool may be executed again for a call that may have acted: its author declared `metadata: { idempotent: true }`. */
export const isIdempotent = (tool: unknown): boolean =>
  isObject(tool) && isObject(tool.metadata) && tool.metadata.idempotent === true

/** The same tool, whose function finds the key as `runtime.callKey`. */
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

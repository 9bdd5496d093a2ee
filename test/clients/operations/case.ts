import { randomUUID } from 'node:crypto'

/** A request of an operation. */
export interface Request {
  /** Values of the path's parameters. */
  readonly path?: Readonly<Record<string, string>>
  readonly query?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Called when the headers of the response have arrived, before its body is read. */
  readonly onHeaders?: () => void
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Parsed JSON; undefined if the response is not JSON. */
  readonly body: unknown
}

/** Sends a request of the operation whose case it is. */
export type Call = (request?: Request) => Promise<Answer>

/** Sends a request of another operation, which must succeed. @returns the parsed JSON */
export type Send = (operation: string, request?: Request) => Promise<Record<string, unknown>>

/** A case of one operation. */
export type OperationCase = (call: Call, send: Send) => Promise<void>
export type OperationCases = Readonly<Record<string, OperationCase>>

export const say = (content: string) => ({ messages: [{ role: 'user', content }] })
export const echo = (content = 'hello') => ({ assistant_id: 'echo', input: say(content) })

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export const newThread = async (send: Send, body: Record<string, unknown> = {}): Promise<string> =>
  textOf((await send('POST /threads', { body })).thread_id)

/** Executes a run on a new thread. */
export async function talked(send: Send): Promise<{ thread_id: string; run_id: string }> {
  const thread_id = await newThread(send)
  const { run_id } = await send('POST /threads/{thread_id}/runs', { path: { thread_id }, body: echo() })
  const path = { thread_id, run_id: textOf(run_id) }
  await send('GET /threads/{thread_id}/runs/{run_id}/join', { path })
  return path
}

/** Starts a run that does not end by itself. */
export async function working(send: Send): Promise<{ thread_id: string; run_id: string }> {
  const thread_id = await newThread(send)
  const body = { assistant_id: 'steps', input: { steps: 1, streamMs: 600_000 }, stream_mode: 'custom' }
  const { run_id } = await send('POST /threads/{thread_id}/runs', { path: { thread_id }, body })
  return { thread_id, run_id: textOf(run_id) }
}

/** Creates an assistant. */
export async function newAssistant(send: Send, metadata: Record<string, unknown> = {}): Promise<string> {
  const body = { graph_id: 'echo', name: `clerk ${randomUUID()}`, metadata }
  return textOf((await send('POST /assistants', { body })).assistant_id)
}

/** Names of the events in a text of server-sent events. */
export const eventNames = ({ text }: Answer): string[] =>
  [...text.matchAll(/^event: (.*)$/gm)].map(([, name = '']) => name)

import { field } from '@hadal/middleware/unknown-value'
import protobuf from 'protobufjs'

/**
 * The messages of sandboxd's `process.v1.ProcessService` that this client uses: kubernetes-sigs/agent-sandbox,
 * packages/sandboxd/spec/process/v1/process.proto.
 */
const { root } = protobuf.parse(`
  syntax = "proto3";
  package process.v1;
  message ProcessConfig { repeated string command = 1; }
  message StartRequest { ProcessConfig config = 1; }
  message InitEvent { int32 process_id = 1; }
  message ExitEvent { int32 exit_code = 1; }
  message StartResponse {
    oneof event { InitEvent init = 1; bytes stdout = 2; bytes stderr = 3; ExitEvent exit = 4; }
  }
  message SendSignalRequest { int32 process_id = 1; int32 signal = 2; }
`)
const type = (name: string): protobuf.Type => root.lookupType(`process.v1.${name}`)
const startRequestType = type('StartRequest')
const startResponseType = type('StartResponse')
const sendSignalRequestType = type('SendSignalRequest')

const sigkill = 9

/** Encodes a request to sandboxd to start a command. */
export const startRequest = (command: readonly string[]): Buffer =>
  Buffer.from(startRequestType.encode({ config: { command } }).finish())

/** Encodes a request to sandboxd to kill a process. */
export const killRequest = (processId: number): Buffer =>
  Buffer.from(sendSignalRequestType.encode({ processId, signal: sigkill }).finish())

/** Event of a running process in a sandbox: its start, its output or its exit. */
export type ProcessEvent =
  | { readonly kind: 'started'; readonly processId: number }
  | { readonly kind: 'output'; readonly bytes: Buffer }
  | { readonly kind: 'exit'; readonly exitCode: number }

/**
 * Decodes the event in a `StartResponse`; undefined for an event of a newer version.
 *
 * @throws Error if the message is truncated or has another format
 */
export function processEvent(message: Uint8Array): ProcessEvent | undefined {
  const event: unknown = startResponseType.decode(message)
  const kind = field(event, 'event')
  const value = typeof kind === 'string' ? field(event, kind) : undefined
  if (value instanceof Uint8Array) return { kind: 'output', bytes: Buffer.from(value) }
  if (kind === 'init') return { kind: 'started', processId: Number(field(value, 'processId')) }
  if (kind === 'exit') return { kind: 'exit', exitCode: Number(field(value, 'exitCode')) }
  return undefined
}

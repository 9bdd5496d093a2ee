/*
 * The four messages of sandboxd's `process.v1.ProcessService` that we exchange, in protobuf's wire format: a field is a varint of its number
 * and type (0 varint, 2 bytes with their length before them). kubernetes-sigs/agent-sandbox, packages/sandboxd/spec/process/v1/process.proto.
 */

const varintType = 0
const bytesType = 2

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return Buffer.from([...bytes, rest])
}

const bytesField = (number: number, bytes: Buffer): Buffer =>
  Buffer.concat([varint(number * 8 + bytesType), varint(bytes.length), bytes])
const varintField = (number: number, value: number): Buffer =>
  Buffer.concat([varint(number * 8 + varintType), varint(value)])

/** `StartRequest { config: { command } }` */
export const startRequest = (command: readonly string[]): Buffer =>
  bytesField(1, Buffer.concat(command.map((word) => bytesField(1, Buffer.from(word)))))

/** `SendSignalRequest { process_id, signal: SIGKILL }` */
export const killRequest = (processId: number): Buffer => Buffer.concat([varintField(1, processId), varintField(2, 9)])

interface Field {
  readonly number: number
  readonly value: number
  readonly bytes: Buffer
}

const empty = Buffer.alloc(0)

/** @throws RangeError where the message is cut off or of another format */
function* fields(message: Buffer): Generator<Field> {
  let at = 0
  const readVarint = (): number => {
    let value = 0
    let factor = 1
    for (;;) {
      const byte = message.readUInt8(at)
      at += 1
      value += (byte % 128) * factor
      if (byte < 128) return value
      factor *= 128
    }
  }
  while (at < message.length) {
    const tag = readVarint()
    const number = Math.floor(tag / 8)
    if (tag % 8 === varintType) {
      yield { number, value: readVarint(), bytes: empty }
    } else if (tag % 8 === bytesType) {
      const length = readVarint()
      if (at + length > message.length) throw new RangeError('A protobuf message ends within a field.')
      yield { number, value: 0, bytes: message.subarray(at, at + length) }
      at += length
    } else {
      throw new RangeError(`A protobuf message has a field of type ${tag % 8}, which sandboxd never sends.`)
    }
  }
}

/** One event of a running process. */
export type ProcessEvent =
  | { readonly kind: 'started'; readonly processId: number }
  | { readonly kind: 'output'; readonly bytes: Buffer }
  | { readonly kind: 'exit'; readonly exitCode: number }

const numberIn = (message: Buffer): number => {
  for (const { number, value } of fields(message)) if (number === 1) return signed(value)
  return 0
}

/** A negative int32 comes as its 64-bit complement, beyond what a double holds exactly: only the sign matters then. */
const signed = (value: number): number => (value > 0x7fffffff ? -1 : value)

/** `StartResponse`; undefined for an event of a newer version. */
export function processEvent(message: Buffer): ProcessEvent | undefined {
  for (const { number, bytes } of fields(message)) {
    if (number === 1) return { kind: 'started', processId: numberIn(bytes) }
    if (number === 2 || number === 3) return { kind: 'output', bytes }
    if (number === 4) return { kind: 'exit', exitCode: numberIn(bytes) }
  }
  return undefined
}

import { expect, test } from 'vitest'
import { killRequest, processEvent, startRequest } from './process-messages.ts'

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')

test('encodes requests by the protocol', () => {
  expect(startRequest(['sh', '-c', 'xxx']).toString('hex')).toBe('0a0d0a0273680a022d630a03787878')
  expect(killRequest(300).toString('hex')).toBe('08ac021009')
})

test('decodes the events of a process', () => {
  expect(processEvent(bytes('0a0308ac02'))).toEqual({ kind: 'started', processId: 300 })
  expect(processEvent(bytes('12026869'))).toEqual({ kind: 'output', bytes: Buffer.from('hi') })
  expect(processEvent(bytes('1a02686f'))).toEqual({ kind: 'output', bytes: Buffer.from('ho') })
  expect(processEvent(bytes('22020803'))).toEqual({ kind: 'exit', exitCode: 3 })
})

test('decodes an exit code of 0, which is omitted, and a negative one of ten bytes', () => {
  expect(processEvent(bytes('2200'))).toEqual({ kind: 'exit', exitCode: 0 })
  expect(processEvent(bytes('220b08ffffffffffffffffff01'))).toEqual({ kind: 'exit', exitCode: -1 })
})

test('ignores an event of a newer version, and rejects a truncated message', () => {
  expect(processEvent(bytes('2a020801'))).toBeUndefined()
  expect(() => processEvent(bytes('120568'))).toThrow()
})

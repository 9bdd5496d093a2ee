import { expect, test } from 'vitest'
import { ExecFrames } from './exec-frames.ts'

const frame = (stream: 1 | 2, text: string): Buffer =>
  Buffer.concat([Buffer.from([stream, 0, 0, 0, 0, 0, 0, text.length]), Buffer.from(text)])

/** Output and errors of the pieces, one after the other. */
function texts(pieces: readonly Buffer[]): { stdout: string; stderr: string } {
  const found = { stdout: '', stderr: '' }
  const frames = new ExecFrames((stream, bytes) => {
    found[stream] += bytes.toString()
  })
  for (const piece of pieces) frames.add(piece)
  return found
}

test('frames are read wherever their pieces are cut', () => {
  const whole = Buffer.concat([frame(1, 'one'), frame(2, 'trouble'), frame(1, ''), frame(1, ' two')])
  for (let at = 0; at <= whole.length; at += 1)
    expect(texts([whole.subarray(0, at), whole.subarray(at)])).toEqual({ stdout: 'one two', stderr: 'trouble' })
})

test('a command that writes thousands of single bytes does not overflow the stack', () => {
  const piece = Buffer.concat(Array.from({ length: 100_000 }, () => frame(1, 'x')))
  expect(texts([piece]).stdout).toHaveLength(100_000)
})

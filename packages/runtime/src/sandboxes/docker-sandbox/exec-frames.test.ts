import { expect, test } from 'vitest'
import { ExecFrames } from './exec-frames.ts'

const frame = (stream: 1 | 2, text: string): Buffer =>
  Buffer.concat([Buffer.from([stream, 0, 0, 0, 0, 0, 0, text.length]), Buffer.from(text)])

/** Joins the stdout and the stderr in the pieces of a command's output. */
function texts(pieces: readonly Buffer[]): { stdout: string; stderr: string } {
  const found = { stdout: '', stderr: '' }
  const frames = new ExecFrames((stream, bytes) => {
    found[stream] += bytes.toString()
  })
  for (const piece of pieces) frames.add(piece)
  return found
}

test('decodes frames that are split at any position', () => {
  const whole = Buffer.concat([frame(1, 'one'), frame(2, 'trouble'), frame(1, ''), frame(1, ' two')])
  for (let at = 0; at <= whole.length; at += 1)
    expect(texts([whole.subarray(0, at), whole.subarray(at)])).toEqual({ stdout: 'one two', stderr: 'trouble' })
})

test('does not overflow the stack for thousands of single bytes', () => {
  const piece = Buffer.concat(Array.from({ length: 100_000 }, () => frame(1, 'x')))
  expect(texts([piece]).stdout).toHaveLength(100_000)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RowSplitter } from './row-splitter.ts'

const header = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const end = Buffer.from([0xff, 0xff])

function rowOf(fields: readonly (Uint8Array | null)[]): Buffer {
  const count = Buffer.alloc(2)
  count.writeInt16BE(fields.length)
  const parts = fields.flatMap((field) => {
    const length = Buffer.alloc(4)
    length.writeInt32BE(field === null ? -1 : field.length)
    return field === null ? [length] : [length, field]
  })
  return Buffer.concat([count, ...parts])
}

const rowsOf = (chunks: readonly Buffer[]): string[] => {
  const splitter = new RowSplitter()
  const rows: string[] = []
  for (const chunk of chunks) splitter.push(chunk, (row) => rows.push(row.toString('hex')))
  splitter.end()
  return rows
}

test('rows are found wherever the stream is cut', () => {
  const row = fc.array(fc.option(fc.uint8Array({ maxLength: 300 })), { minLength: 1, maxLength: 5 }).map(rowOf)
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }),
      (rows, cuts) => {
        const stream = Buffer.concat([header, ...rows, end])
        const chunks: Buffer[] = []
        for (let at = 0, cut = 0; at < stream.length; cut += 1) {
          const bytes = cuts[cut % cuts.length] ?? 1
          // A copy: the splitter may not rely on the bytes of earlier chunks.
          chunks.push(Buffer.from(stream.subarray(at, at + bytes)))
          at += bytes
        }
        expect(rowsOf(chunks)).toEqual(rows.map((bytes) => bytes.toString('hex')))
      },
    ),
  )
})

test('a stream without its end mark is refused', () => {
  expect(() => rowsOf([header, rowOf([Buffer.from('a')])])).toThrow('The rows end early')
  expect(() => rowsOf([header.subarray(0, 5)])).toThrow('The rows end early')
})

test('a stream of another format is refused', () => {
  expect(() => rowsOf([Buffer.from('1\ttext format\n2\ttext format\n')])).toThrow('not in binary format')
})

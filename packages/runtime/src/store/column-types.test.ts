import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseByteaArray } from './column-types.ts'

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((one) => Buffer.from(one)),
  fc.constant(null),
)

/** Formats an array as PostgreSQL writes a `bytea[]`. */
const written = (value: unknown): string => {
  if (Array.isArray(value)) return `{${value.map(written).join(',')}}`
  return value instanceof Buffer ? `"\\\\x${value.toString('hex')}"` : 'NULL'
}

test('reads the bytes and NULLs of arrays of one and two dimensions', () => {
  const rows = fc.oneof(fc.array(bytes), fc.array(fc.array(bytes, { minLength: 3, maxLength: 3 }), { minLength: 1 }))
  fc.assert(
    fc.property(rows, (value) => {
      expect(parseByteaArray(written(value))).toEqual(value)
    }),
  )
})

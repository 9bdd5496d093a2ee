import { expect, test } from 'vitest'
import { matchesFilter, metadataCondition, parseMetadataFilter } from './metadata-filter.ts'

const sqlOf = (filter: unknown): [string, unknown[]] => {
  const values: unknown[] = ['before']
  return [metadataCondition(parseMetadataFilter(filter), 'thread.metadata', values), values.slice(1)]
}

test('each value of a filter is a parameter, and never a part of the SQL', () => {
  const key = `owner' OR true --`
  expect(sqlOf({ [key]: `ada' --`, tags: { $contains: ['a', 'b'] } })).toEqual([
    '(thread.metadata @> $2::jsonb AND thread.metadata @> $3::jsonb)',
    [JSON.stringify({ [key]: `ada' --` }), '{"tags":["a","b"]}'],
  ])
})

test('$and and $or are nested as they are written, and an empty $or matches nothing', () => {
  const at = (number: number): string => `thread.metadata @> $${number}::jsonb`
  expect(sqlOf({ $or: [{ a: 1 }, { $and: [{ b: { $eq: true } }, { c: null }] }] })[0]).toBe(
    `(${at(2)} OR (${at(3)} AND ${at(4)}))`,
  )
  expect(sqlOf({ $or: [] })[0]).toBe('false')
  expect(sqlOf({})[0]).toBe('true')
})

test.each([
  ['undefined, which JSON would leave out', { owner: undefined }],
  ['an object without operators', { owner: { id: 'a' } }],
  ['an empty object', { owner: {} }],
  ['an unknown operator', { owner: { $ne: 'a' } }],
  ['an unknown operator in place of a key', { $not: [{ owner: 'a' }] }],
  ['an operand that is an object', { owner: { $eq: { id: 'a' } } }],
  ['a function', { owner: () => 'a' }],
  ['NaN', { owner: Number.NaN }],
  ['a text that PostgreSQL can not hold', { owner: 'a\0' }],
  ['$or that is not a list', { $or: { owner: 'a' } }],
  ['a list', [{ owner: 'a' }]],
  ['a text', 'owner'],
])('refuses a filter with %s', (_, filter) => {
  expect(() => parseMetadataFilter(filter)).toThrow(TypeError)
})

test('refuses a filter that nests without an end', () => {
  const filter: { $and: unknown[] } = { $and: [] }
  filter.$and.push(filter)
  expect(() => parseMetadataFilter(filter)).toThrow(/nests more than/)
})

test.each([
  [{ owner: 'a' }, { owner: 'a', more: 1 }, true],
  [{ owner: 'a' }, { owner: ['a'] }, false],
  [{ owner: 'a' }, {}, false],
  [{ toString: 'a' }, {}, false],
  [{ tags: { $contains: 'a' } }, { tags: ['a', 'b'] }, true],
  [{ tags: { $contains: 'a' } }, { tags: 'a' }, false],
  [{ tags: { $contains: ['a', 'c'] } }, { tags: ['a', 'b'] }, false],
  [{ $or: [{ owner: 'a' }, { owner: 'b' }] }, { owner: 'b' }, true],
  [{ owner: 'a', $or: [{ x: 1 }] }, { owner: 'a' }, false],
])('%j on %j: %s', (filter, object, matches) => {
  expect(matchesFilter(parseMetadataFilter(filter), object)).toBe(matches)
})

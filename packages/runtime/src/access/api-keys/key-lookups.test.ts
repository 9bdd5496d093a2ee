import { describe, expect, test } from 'vitest'
import type { KeyRow } from '../../store/queries/api-keys.ts'
import { VerifierAway } from '../trust.ts'
import { KeyLookups } from './key-lookups.ts'

const rowOf = (key_id: string): KeyRow => ({
  key_id,
  tenant: 'default',
  owner: 'ada',
  name: '',
  roles: ['read'],
  hash: Buffer.alloc(32),
  created_at: new Date(),
  expires_at: new Date(),
  revoked_at: null,
  unconfirmed_since: null,
  last_used_at: null,
  replaces: null,
  lives_ms: 1,
  use_is_old: false,
})

/** Lookups whose statements a test answers. */
function lookups() {
  const statements: {
    ids: readonly string[]
    answer: (rows: readonly KeyRow[]) => void
    fail: (error: Error) => void
  }[] = []
  const asked = new KeyLookups((ids) => new Promise((answer, fail) => statements.push({ ids, answer, fail })))
  return { asked, statements }
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('lookups of keys', () => {
  test('of one turn share a statement, and the next ones wait for its end', async () => {
    const { asked, statements } = lookups()
    const first = [asked.find('a'), asked.find('b'), asked.find('a')]
    await turn()
    const later = [asked.find('c'), asked.find('a')]
    await turn()
    expect(statements.map(({ ids }) => ids)).toEqual([['a', 'b']])
    statements[0]?.answer([rowOf('a')])
    expect((await Promise.all(first)).map((row) => row?.key_id)).toEqual(['a', undefined, 'a'])
    await turn()
    // A lookup after the statement has begun does not share its answer, which may be from before a revocation.
    expect(statements.map(({ ids }) => ids)).toEqual([
      ['a', 'b'],
      ['c', 'a'],
    ])
    statements[1]?.answer([])
    expect(await Promise.all(later)).toEqual([undefined, undefined])
  })

  test('of many keys have at most 500 keys per statement, and at most 5,000 wait', async () => {
    const { asked, statements } = lookups()
    const found = Array.from({ length: 5_000 }, (_, number) => asked.find(String(number)))
    await expect(asked.find('one more')).rejects.toThrow(VerifierAway)
    for (let statement = 0; statement < 10; statement++) {
      await turn()
      await turn()
      expect(statements).toHaveLength(statement + 1)
      statements[statement]?.answer([])
    }
    expect(new Set(await Promise.all(found))).toEqual(new Set([undefined]))
    expect(new Set(statements.map(({ ids }) => ids.length))).toEqual(new Set([500]))
  })

  test('fail as away if the database is away, and by its error otherwise', async () => {
    const { asked, statements } = lookups()
    const away = asked.find('a')
    await turn()
    statements[0]?.fail(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))
    await expect(away).rejects.toThrow('the database is unavailable or busy')
    const broken = asked.find('a')
    await turn()
    statements[1]?.fail(new Error('planted failure'))
    await expect(broken).rejects.toThrow('planted failure')
  })
})

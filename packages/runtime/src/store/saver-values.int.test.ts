import { randomUUID } from 'node:crypto'
import { inspect, isDeepStrictEqual } from 'node:util'
import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { emptyCheckpoint } from '@langchain/langgraph-checkpoint'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { migrate } from './migrate.ts'
import { UnstorableValue } from './serde/unstorable-value.ts'
import { ThreadSaver } from './thread-saver.ts'

const databaseUrl = createDatabase()
let pool: pg.Pool
let saver: ThreadSaver
const metadata = { source: 'loop', step: 1, parents: {} } as const

beforeAll(async () => {
  await migrate(databaseUrl())
  pool = new pg.Pool({ connectionString: databaseUrl(), max: 2 })
  saver = new ThreadSaver(pool)
})
afterAll(async () => pool?.end())

/** Arbitrary text with the special cases of databases, such as U+0000 and lone surrogates. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '\0',
    'a\0b',
    '\ud800',
    '\udfff x',
    '\\u0000',
    '__proto__',
    'constructor',
    'toJSON',
    'lc',
    '',
    '\u2028',
  ),
)
const leaf = fc.oneof(
  text,
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, undefined, -0, Number.NaN, Number.POSITIVE_INFINITY),
  fc.bigInt(),
  fc.date({ noInvalidDate: false }),
  fc.uint8Array({ maxLength: 8 }),
  fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
  fc.float64Array({ maxLength: 3 }),
  fc.constantFrom(/a/gi, new URL('http://a/?b'), new RangeError('out')),
)
/** Arbitrary values that can't be saved. */
const never = fc.oneof(
  fc.constant(() => 1),
  fc.constant(Symbol('s')),
  fc.constant(new (class Undeclared {})()),
  fc.constant(Array(1)),
  fc.nat(100).map((levels) => {
    let value: unknown = {}
    for (let level = 0; level < levels + 60; level++) value = level % 2 ? [value] : { a: value }
    return value
  }),
  fc.constant(null).map(() => {
    const value: unknown[] = []
    value.push({ value })
    return value
  }),
)
const envelope = (inner: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.record({
      lc: fc.constantFrom(1, 2, 3, '1'),
      type: fc.constantFrom('constructor', 'undefined', 'secret', 'not_implemented', 'delta_snapshot', 'x'),
      id: fc.oneof(
        fc.constantFrom(
          ['no', 'such', 'Thing'],
          ['langchain_core', 'messages', 'AIMessage'],
          ['Map'],
          ['Class', 'A'],
          'text',
        ),
      ),
      kwargs: inner,
      args: fc.array(inner, { maxLength: 2 }),
      value: inner,
    }),
    inner.map((value) => ({ __lc_escaped__: value })),
    inner.map((value) => ({ lc: value })),
  )
function values(leaves: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const { value } = fc.letrec((tie) => {
    const inner = tie('value')
    const fields = fc.dictionary(text, inner, { maxKeys: 4, noNullPrototype: false })
    const record = fc.dictionary(fc.string(), inner, { maxKeys: 3, noNullPrototype: true })
    return {
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaves,
        fc.array(inner, { maxLength: 4 }),
        fields,
        fc.array(fc.tuple(inner, inner), { maxLength: 3 }).map((entries) => new Map(entries)),
        fc.array(inner, { maxLength: 3 }).map((items) => new Set(items)),
        envelope(inner),
        inner.map((artifact) => new ToolMessage({ content: 'ok', tool_call_id: 'c', artifact })),
        record.map((kwargs) => new HumanMessage({ content: 'hi', additional_kwargs: { ...kwargs } })),
        record.map((args) => new AIMessage({ content: '', tool_calls: [{ id: 'c', name: 'a', args: { ...args } }] })),
      ),
    }
  })
  return value
}

const rows = async (threadId: string): Promise<number> => {
  const { rows: counted } = await pool.query<{ n: number }>(
    `SELECT (SELECT count(*) FROM checkpoints WHERE thread_id = $1) + (SELECT count(*) FROM checkpoint_blobs WHERE thread_id = $1)
       + (SELECT count(*) FROM checkpoint_writes WHERE thread_id = $1) AS n`,
    [threadId],
  )
  return Number(counted[0]?.n)
}

interface Saved {
  readonly refusal?: UnstorableValue
  readonly channel?: unknown
  readonly write?: unknown
  readonly rows: number
}

/** Saves a value as a channel's value and as a node's write, and returns both as they are read back. */
async function saved(value: unknown): Promise<Saved> {
  const thread_id = randomUUID()
  const configurable = { thread_id, checkpoint_ns: '' }
  const checkpoint = { ...emptyCheckpoint(), channel_values: { kept: value }, channel_versions: { kept: 1 } }
  try {
    const config = await saver.put({ configurable }, checkpoint, metadata, { kept: 1 })
    await saver.putWrites(config, [['written', value]], randomUUID())
    const tuple = await saver.getTuple({ configurable })
    const [[, , write] = []] = tuple?.pendingWrites ?? []
    return { channel: tuple?.checkpoint.channel_values.kept, write, rows: await rows(thread_id) }
  } catch (error) {
    if (!(error instanceof UnstorableValue)) throw error
    const refusal = { refusal: error, rows: await rows(thread_id) }
    const noWrite = saver.putWrites(
      { configurable: { ...configurable, checkpoint_id: 'x' } },
      [['written', value]],
      't',
    )
    await expect(noWrite).rejects.toThrow('The value of channel "written" can\'t be saved')
    return { ...refusal, rows: refusal.rows + (await rows(thread_id)) }
  }
}

/** Expects deep equality as Node defines it, including prototypes, -0, Maps, Sets and bytes. A field named `constructor` counts as a field. */
function expectEqual(found: unknown, value: unknown): void {
  if (!isDeepStrictEqual(found, value))
    throw new Error(`Expected the saved value, got ${inspect(found, { depth: 20 })}.`)
}

describe('a saved value of a thread', () => {
  test('is equal after it is read from the database, as a channel’s value and as a write', async () => {
    await fc.assert(
      fc.asyncProperty(values(leaf), async (value) => {
        const { refusal, channel, write } = await saved(value)
        if (refusal) throw refusal
        expectEqual(channel, value)
        expectEqual(write, value)
      }),
      { numRuns: 150 },
    )
  })

  test('is equal after it is read, or is rejected with its channel before anything is written', async () => {
    let refusals = 0
    await fc.assert(
      fc.asyncProperty(values(fc.oneof(leaf, never)), async (value) => {
        const { refusal, channel, write, rows: written } = await saved(value)
        if (refusal) {
          refusals++
          expect(refusal.message).toContain('The value of channel "kept" can\'t be saved: ')
          expect(written).toBe(0)
        } else {
          expectEqual(channel, value)
          expectEqual(write, value)
        }
      }),
      { numRuns: 150 },
    )
    expect(refusals).toBeGreaterThan(10)
  })
})

import { Document } from '@langchain/core/documents'
import { AIMessage, AIMessageChunk, HumanMessage, RemoveMessage, ToolMessage } from '@langchain/core/messages'
import { Send } from '@langchain/langgraph'
import { JsonPlusSerializer } from '@langchain/langgraph-checkpoint'
import { describe, expect, test } from 'vitest'
import { DeclaredClasses } from './declared-classes.ts'
import { maxStateDepth } from './state-bounds.ts'
import { StateSerializer } from './state-serializer.ts'
import { writtenForm } from './written-form.ts'

const serializer = new StateSerializer()
const releaseBefore = new JsonPlusSerializer()

const returned = async (value: unknown, by = serializer): Promise<unknown> =>
  by.loadsTyped(...(await by.dumpsTyped(value)))
const nested = (levels: number, inner: unknown = 'leaf'): unknown =>
  levels === 0 ? inner : { a: nested(levels - 1, inner) }
const tool = (fields: Partial<ConstructorParameters<typeof ToolMessage>[0] & object>): ToolMessage =>
  new ToolMessage({ content: 'ok', tool_call_id: 'c', ...fields })
const lookalike = { lc: 1, type: 'constructor', id: ['no', 'such', 'Thing'], kwargs: {} }
const circular = (): unknown => {
  const value: { self?: unknown } = {}
  value.self = value
  return value
}
const withField = <Value extends object>(value: Value, key: string): Value => Object.assign(value, { [key]: 1 })

/** Values of every kind that are equal after they are written and read. */
const kept: Record<string, unknown> = {
  Map: new Map<unknown, unknown>([
    ['a', new Map([[1, new Set([2])]])],
    [{ k: 1 }, undefined],
  ]),
  Set: new Set([1, 'two', new Date(0)]),
  Date: [new Date('2026-11-29T17:00:00.123Z'), new Date(Number.NaN)],
  bytes: { whole: new Uint8Array([0, 255, 7]), buffer: Buffer.from('ä'), none: new Uint8Array() },
  'typed arrays': [new Float64Array([Number.NaN, -0, 1.5]), new BigInt64Array([-5n]), new Int16Array([-1, 2])],
  BigInt: { id: 9_007_199_254_740_993n, negative: -1n },
  'numbers that JSON lacks': [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0],
  undefined: { a: undefined, list: [1, undefined] },
  RegExp: [/a\/b/giu, Object.assign(/x/g, { lastIndex: 3 })],
  URL: new URL('https://example.com/a?b=c#d'),
  Error: [new Error('plain'), new RangeError('of a class', { cause: new TypeError('inner') })],
  'U+0000 and half surrogates': { 'key\0': 'a\0b', '\ud800': ['\udfff', 'x\ud83d'] },
  '__proto__ as a key': JSON.parse('{"__proto__": {"a": 1}, "b": {"__proto__": 2}}'),
  'an object without a prototype': Object.assign(Object.create(null), { a: 1 }),
  'what looks like an object of LangChain': [lookalike, { nested: lookalike }],
  'what looks like a message': {
    lc: 1,
    type: 'constructor',
    id: ['langchain_core', 'messages', 'AIMessage'],
    kwargs: {},
  },
  'what looks like undefined': { lc: 2, type: 'undefined' },
  'what looks like a Map': { lc: 2, type: 'constructor', id: ['Map'], args: [[]] },
  'what looks escaped': { __lc_escaped__: { lc: 1 } },
  'a Document': new Document({ pageContent: 'text', metadata: { at: new Date(1) }, id: 'd' }),
  'messages of every field': [
    new HumanMessage({
      content: [{ type: 'text', text: 'hi' }],
      id: 'h',
      name: 'me',
      additional_kwargs: { at: new Date(5) },
    }),
    new AIMessage({
      content: '',
      tool_calls: [{ id: 'c', name: 'pay', args: { lc: 1, amounts: new Map([['eur', 1n]]) }, type: 'tool_call' }],
      usage_metadata: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
      response_metadata: { model_provider: 'x', nothing: undefined },
    }),
    new AIMessage({ content: [{ type: 'text', text: 'v1' }], response_metadata: { output_version: 'v1' } }),
    new AIMessageChunk({ content: 'part', tool_call_chunks: [{ id: 'c', name: 'pay', args: '{}', index: 0 }] }),
    new RemoveMessage({ id: 'gone' }),
  ],
  'what a tool returns beside its text': [
    tool({ artifact: { id: 9_007_199_254_740_993n, raw: new Uint8Array([1]), text: 'a\0' } }),
    tool({ artifact: lookalike }),
    tool({ artifact: { lc: 5 }, status: 'error' }),
    tool({ artifact: { __lc_escaped__: { __lc_escaped__: lookalike } } }),
    tool({ artifact: new HumanMessage({ content: 'inside', additional_kwargs: lookalike }) }),
    tool({ artifact: [new Document({ pageContent: 'found' })] }),
  ],
}

/** Values that can't be written, with a part of the error message. */
const refused: Record<string, [value: unknown, sentence: string]> = {
  'a function': [{ a: { f: () => 1 } }, 'a.f is a function'],
  'a method of a list item': [[{ run() {} }], '[0].run is a function'],
  'a symbol': [[Symbol('s')], '[0] is a symbol'],
  'a field named by a symbol': [{ a: { [Symbol('s')]: 1 } }, 'a has a field named by Symbol(s)'],
  'a getter that throws': [
    {
      get a(): number {
        throw new Error('not now')
      },
    },
    'a throws when it is read: not now',
  ],
  'a method toJSON': [{ a: Object.defineProperty({}, 'toJSON', { value: () => 1 }) }, 'a has a method toJSON'],
  'an instance of a class': [{ a: new (class Money {})() }, 'a is an instance of Money, which is not declared'],
  'an error of a class of its own': [new (class Denied extends Error {})('no'), 'it is an instance of Denied'],
  'a Map of a class of its own': [new (class Index extends Map {})(), 'it is an instance of Index'],
  'a Map with a field of its own': [withField(new Map(), 'extra'), 'it is an instance of Map'],
  'a list of a class of its own': [new (class Stack extends Array {})(), 'it is an instance of Stack'],
  'a Promise': [{ a: Promise.resolve() }, 'a is an instance of Promise'],
  'a boxed text': [Object('text'), 'it is an instance of String'],
  'a cycle': [{ a: circular() }, 'is part of itself'],
  'a cycle through a Map': [
    (() => {
      const map = new Map()
      return map.set('me', [map])
    })(),
    'is part of itself',
  ],
  'a list with an empty slot': [{ a: Array(2) }, 'a is an array with empty slots'],
  'the match of a regular expression': [{ a: 'x'.match(/x/) }, 'a is an array with empty slots or with fields'],
  'too many levels': [nested(maxStateDepth + 1), `nests more than ${maxStateDepth} levels`],
  'too many levels in additional_kwargs': [
    [new HumanMessage({ content: '', additional_kwargs: { deep: nested(60) } })],
    '[0].additional_kwargs.deep.a',
  ],
  'too many levels in an artifact': [tool({ artifact: nested(60) }), 'artifact.a.a'],
  'too many levels in the arguments of a call': [
    new AIMessage({ content: '', tool_calls: [{ name: 'x', args: { deep: nested(60) } }] }),
    'tool_calls[0].args.deep',
  ],
  'too much text': [Array(65).fill('x'.repeat(1024 * 1024)), 'million characters'],
}

describe('a value of a thread', () => {
  test.each(Object.entries(kept))('is equal after it is written and read: %s', async (_name, value) => {
    expect(await returned(value)).toStrictEqual(value)
    expect(await returned({ deeper: [value] })).toStrictEqual({ deeper: [value] })
    const message = tool({ artifact: { inside: value } })
    expect(await returned([message])).toStrictEqual([message])
  })

  test.each(Object.entries(refused))('is rejected with its path: %s', async (_name, [value, sentence]) => {
    await expect(serializer.dumpsTyped(value)).rejects.toThrow(sentence)
    await expect(serializer.dumpsTyped({ deeper: [value] })).rejects.toThrow('deeper[0]')
  })

  test('is accepted by both releases just below the maximum depth', async () => {
    for (const value of [
      nested(maxStateDepth),
      [new HumanMessage({ content: 'x', additional_kwargs: { deep: nested(maxStateDepth - 4) } })],
      tool({ artifact: nested(maxStateDepth - 2) }),
    ]) {
      expect(await returned(value)).toStrictEqual(value)
      const [type, bytes] = await serializer.dumpsTyped(value)
      expect(await releaseBefore.loadsTyped(type, bytes)).toStrictEqual(value)
    }
    const over = tool({ artifact: nested(maxStateDepth - 1) })
    await expect(serializer.dumpsTyped(over)).rejects.toThrow('levels')
  })

  test('that occurs twice in another value is read in both places', async () => {
    const shared = { a: new Map([[1, 2]]) }
    expect(await returned({ left: shared, right: [shared] })).toStrictEqual({ left: shared, right: [shared] })
  })

  test('is not changed when it is written', async () => {
    const value = Object.freeze({ at: Object.freeze([new Date(0)]), message: tool({ artifact: 1n }) })
    await serializer.dumpsTyped(value)
    expect(value).toStrictEqual({ at: [new Date(0)], message: tool({ artifact: 1n }) })
  })
})

describe('the bytes of a value', () => {
  const both: Record<string, unknown> = {
    plain: { a: [1, 'two', null, true, { b: undefined }], 'key\0': '\ud800' },
    Map: new Map([['a', new Set([1])]]),
    RegExp: /a/g,
    bytes: { a: new Uint8Array([1, 2]) },
    'whole bytes': new Uint8Array([1, 2]),
    messages: [new HumanMessage('hi'), new AIMessage({ content: 'x', tool_calls: [{ name: 'a', args: { b: 1 } }] })],
    artifact: tool({ artifact: { lc: 5, list: [1] } }),
    'what LangChain refuses to read': tool({ artifact: { lc: 1, type: 'not_implemented', id: ['a', 'Thing'] } }),
  }
  test.each(Object.entries(both))(
    'are compatible with the previous release in both directions: %s',
    async (_name, value) => {
      const [type, bytes] = await serializer.dumpsTyped(value)
      const there: unknown = await releaseBefore.loadsTyped(type, bytes)
      expect(there).toStrictEqual(value)
      const [typeBefore, bytesBefore] = await releaseBefore.dumpsTyped(value)
      expect(await serializer.loadsTyped(typeBefore, bytesBefore)).toStrictEqual(value)
    },
  )

  test('of a value that the previous release could not write do not fail its reading', async () => {
    for (const [name, value] of Object.entries(kept)) {
      const [type, bytes] = await serializer.dumpsTyped([tool({ artifact: value }), value])
      await expect(releaseBefore.loadsTyped(type, bytes), name).resolves.toBeDefined()
    }
  })

  test('of a Send packet are those that LangGraph reads', async () => {
    const [type, bytes] = await serializer.dumpsTyped(new Send('ask', { at: 1 }))
    expect([type, bytes.toString()]).toEqual(['json', '{"node":"ask","args":{"at":1}}'])
  })
})

describe('a value that is large', () => {
  const rows = Array.from({ length: 6_000 }, (_, number) => ({
    number,
    at: [number, { deep: number }],
    big: undefined,
  }))
  const large: Record<string, unknown> = {
    fields: { ...kept, rows },
    list: [...Object.values(kept), ...rows],
    messages: [
      new HumanMessage('hi'),
      tool({ artifact: { ...kept, rows } }),
      ...rows.map(({ number }) => new AIMessage(`${number}`)),
    ],
    'looks like a record': { lc: 2, type: 'constructor', id: ['Map'], args: [rows] },
    'without a prototype': Object.assign(Object.create(null), { rows }),
    '__proto__ as a key': JSON.parse(`{"__proto__": ${JSON.stringify(rows)}}`),
    map: new Map([['rows', rows]]),
    text: 'x'.repeat(5_000_000),
  }

  test.each(Object.keys(large))(
    '(%s) has the same bytes as in one piece, and is equal after it is read',
    async (name) => {
      const value = large[name]
      const [type, bytes] = await serializer.dumpsTyped(value)
      expect(type).toBe('json')
      expect(Buffer.from(bytes).toString()).toBe(JSON.stringify(writtenForm(value, new DeclaredClasses())))
      expect(await serializer.loadsTyped(type, bytes)).toEqual(value)
    },
  )

  test('is rejected as in one piece, with the path of the rejected part', async () => {
    for (const wrong of [() => 1, circular(), nested(maxStateDepth), new (class Own {})(), { toJSON: () => 1 }]) {
      const value = { rows, list: [...rows, { deep: [wrong] }] }
      const refused = await serializer.dumpsTyped(value).catch((error: unknown) => error)
      expect(() => writtenForm(value, new DeclaredClasses())).toThrow(refused instanceof Error ? refused.message : '?')
    }
  })

  test('yields to other work while it is written and read', async () => {
    let turns = 0
    const counting = setInterval(() => {
      turns += 1
    }, 0)
    const written = await serializer.dumpsTyped([...rows, ...rows, ...rows, ...rows])
    const whileWritten = turns
    await serializer.loadsTyped(...written)
    clearInterval(counting)
    expect(whileWritten).toBeGreaterThan(0)
    expect(turns).toBeGreaterThan(whileWritten)
  })
})

describe('a record of a class that is not allowed', () => {
  const unknown: unknown[] = []
  const counting = new StateSerializer({ onUnknownClass: () => unknown.push(1) })
  const readText = (value: unknown): Promise<unknown> => counting.loadsTyped('json', JSON.stringify(value))

  test.each([
    ['a class that does not exist', lookalike],
    ['a prompt', { lc: 1, type: 'constructor', id: ['langchain_core', 'prompts', 'PromptTemplate'], kwargs: { a: 1 } }],
    ['a message of another namespace', { ...lookalike, id: ['langchain_core', 'prompts', 'AIMessage'] }],
    ['a model', { lc: 1, type: 'constructor', id: ['langchain', 'chat_models', 'ChatOpenAI'], kwargs: {} }],
    [
      'a name of every object',
      { lc: 1, type: 'constructor', id: ['langchain_core', 'messages', 'constructor'], kwargs: {} },
    ],
  ])('is read as plain data and counted: %s', async (_name, record) => {
    unknown.length = 0
    expect(await readText({ a: [record] })).toStrictEqual({ a: [record] })
    expect(unknown).toHaveLength(1)
  })

  test('deep in a value of the previous release does not prevent reading the rest', async () => {
    const [, bytes] = await releaseBefore.dumpsTyped([tool({ artifact: { deep: nested(2_000), lookalike } })])
    const [read] = Array.from((await serializer.loadsTyped('json', bytes)) as Iterable<unknown>)
    expect(read).toBeInstanceOf(ToolMessage)
    expect(read).toHaveProperty('artifact.lookalike', lookalike)
  })
})

describe('an undeclared subclass of a message', () => {
  class Thought extends AIMessage {
    hidden = () => 'not data'
  }
  class Shout extends HumanMessage {
    static override lc_name(): string {
      return 'Shout'
    }
  }
  const thought = new Thought({ content: 'hm', id: 't', tool_calls: [] })

  test('that is made from the fields of another message is read without the bookkeeping of that one', async () => {
    const message = new HumanMessage({ ...new AIMessage('an answer'), name: 'researcher' })
    const read = await returned([message])
    expect(read).toEqual([expect.objectContaining({ content: 'an answer', name: 'researcher' })])
    expect(HumanMessage.isInstance((read as unknown[])[0])).toBe(true)
  })

  test('is read as that message, also from bytes of the previous release', async () => {
    for (const by of [serializer, releaseBefore]) {
      const [type, bytes] = await by.dumpsTyped([thought])
      expect(await serializer.loadsTyped(type, bytes)).toStrictEqual([
        new AIMessage({ content: 'hm', id: 't', tool_calls: [] }),
      ])
    }
    expect(await returned(new Shout('hey'))).toStrictEqual(new HumanMessage('hey'))
  })
})

describe('a declared class', () => {
  class Money {
    amount: bigint
    readonly currency = 'EUR'
    constructor(amount: bigint) {
      if (amount < 0n) throw new Error('negative')
      this.amount = amount
    }
    twice(): bigint {
      return this.amount * 2n
    }
  }
  class Secret {
    readonly #word: string
    constructor(word: string) {
      this.#word = word
    }
    get word(): string {
      return this.#word
    }
    toJSON(): { word: string } {
      return { word: this.#word }
    }
    static fromJSON({ word }: { word: string }): Secret {
      return new Secret(word)
    }
  }
  class Thought extends AIMessage {}
  const declaring = new StateSerializer({ classes: [Money, Secret, Thought] })

  test('is read as an instance with its methods', async () => {
    const value = { price: new Money(7n), list: [new Money(1n)] }
    const back = await returned(value, declaring)
    expect(back).toStrictEqual(value)
    expect(back).toHaveProperty('price.amount', 7n)
    expect((back as typeof value).price.twice()).toBe(14n)
  })

  test('is written through toJSON and fromJSON if it has both', async () => {
    const back = await returned({ s: new Secret('x') }, declaring)
    expect((back as { s: Secret }).s.word).toBe('x')
  })

  test('may extend a message', async () => {
    expect(await returned([new Thought('hm')], declaring)).toStrictEqual([new Thought('hm')])
  })

  test('is read as plain data and counted if it is no longer declared', async () => {
    const unknown: unknown[] = []
    const without = new StateSerializer({ onUnknownClass: () => unknown.push(1) })
    const [type, bytes] = await declaring.dumpsTyped(new Money(7n))
    expect(await without.loadsTyped(type, bytes)).toMatchObject({ id: ['Class', 'Money'], kwargs: { amount: 7n } })
    expect(unknown).toHaveLength(1)
  })

  test('needs a unique name', () => {
    expect(() => new StateSerializer({ classes: [Money, class Money {}] })).toThrow('two classes are named Money')
    expect(() => new StateSerializer({ classes: [(() => class {})()] })).toThrow('without a name')
  })
})

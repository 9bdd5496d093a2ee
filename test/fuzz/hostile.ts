import fc, { type Arbitrary } from 'fast-check'

/** Placeholder for deeply nested arrays or objects in a value. `jsonOf` expands it, because JSON.stringify fails at 10,000 levels. */
const nested = /"<(\[|\{):(\d+)>"/g

/** Converts a value to JSON and expands the placeholders `<[:N>` and `<{:N>` to N levels of nesting. */
export const jsonOf = (value: unknown): string =>
  (JSON.stringify(value) ?? 'null').replaceAll(nested, (_all, kind: string, levels: string) => {
    const count = Number(levels)
    return kind === '[' ? `${'['.repeat(count)}${']'.repeat(count)}` : `${'{"a":'.repeat(count)}1${'}'.repeat(count)}`
  })

export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff',
  '\ufeff',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  "'; DROP TABLE hadal.thread; --",
  '%00',
  '-1',
  '1e999',
  'NaN',
  'null',
  '00000000-0000-0000-0000-000000000000',
  '00000000-0000-4000-8000-00000000000g',
  '😀'.repeat(100),
  'x'.repeat(20_000),
  '|',
  ':',
]

export const hostileText: Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostileTexts) },
  // The two characters that PostgreSQL can't store in text.
  { weight: 2, arbitrary: fc.constantFrom('a\0b', '\ud800') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
)

export const hostileValue: Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  {
    weight: 2,
    arbitrary: fc.constantFrom(-1, 0, 1.5, -0.5, 2 ** 53, -(2 ** 63), 1e300, Number.MAX_VALUE, Number.MIN_VALUE),
  },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { a: null }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('<[:40>', '<{:70>', '<[:1000>', '<{:7000>', '<[:10000>', '<{:10000>'),
  },
  { weight: 1, arbitrary: fc.array(hostileText, { maxLength: 5 }) },
  { weight: 1, arbitrary: fc.dictionary(hostileText, hostileText, { maxKeys: 3 }) },
  { weight: 1, arbitrary: fc.constant(Array.from({ length: 2_000 }, (_, index) => index)) },
)

/** Generator of hostile request bodies for the fuzzer, as bytes. They follow no schema. */
export const hostileBody: Arbitrary<Buffer> = fc
  .oneof(
    fc.constantFrom(
      '',
      ' ',
      'null',
      '1',
      '"text"',
      '[]',
      '[{}]',
      '{',
      '{"a":',
      '{}{}',
      '{"limit":1,"limit":-1}',
      '{"__proto__":{"limit":1}}',
      '{"constructor":{"prototype":{"a":1}}}',
      '{"limit":1e999}',
      '{"limit":-0}',
      '{"a":"\\u0000"}',
      '{"\\ud800":1}',
      '\ufeff{}',
      '{"a":NaN}',
      "{'a':1}",
    ),
    fc
      .tuple(
        fc.constantFrom('[', '{"a":', '{"metadata":', '{"input":['),
        fc.constantFrom(1_000, 7_000, 10_000, 100_000),
      )
      .map(([opening, count]) => opening.repeat(count)),
    hostileValue.map(jsonOf),
  )
  .map((text) => Buffer.from(text))

export const invalidUtf8: Arbitrary<Buffer> = fc.constantFrom(
  Buffer.from([0xff, 0xfe]),
  Buffer.concat([Buffer.from('{"metadata":{"a":"'), Buffer.from([0xc3, 0x28, 0xed, 0xa0, 0x80]), Buffer.from('"}}')]),
  Buffer.from('{"metadata":{}}', 'utf16le'),
  Buffer.from([0]),
)

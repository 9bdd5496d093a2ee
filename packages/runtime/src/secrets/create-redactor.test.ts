import { createFernet, generateFernetKey } from '@hadal/platform/fernet'
import { describe, expect, test } from 'vitest'
import { createRedactor } from './create-redactor.ts'

const anthropic = 'sk-ant-api03-Ab1_cd-EF2gh3ij4kl5mn6'
const token = createFernet([generateFernetKey()]).encrypt(anthropic)
const { text, value, error } = createRedactor()

describe('by pattern', () => {
  test.for([
    ['a key of Anthropic', `invalid x-api-key ${anthropic}!`, 'invalid x-api-key [redacted]!'],
    ['a key of OpenAI', 'Incorrect API key: sk-proj-a1B2c3D4e5F6g7H8i9', 'Incorrect API key: [redacted]'],
    ['a key of LangSmith', 'key lsv2_pt_0123456789abcdef0123_0a', 'key [redacted]'],
    ['an API key of Hadal', `key hadal_${'ab2'.repeat(5)}c_${'aZ0'.repeat(16)}x.`, 'key [redacted].'],
    ['a Fernet token', `token ${token}`, 'token [redacted]'],
    ['a private key', 'got -----BEGIN PRIVATE KEY-----\nMIIEvA+/=\n-----END PRIVATE KEY-----.', 'got [redacted].'],
    ['a part of a private key', 'got -----BEGIN RSA PRIVATE KEY-----\\nMIIEvA', 'got [redacted]'],
    ['a private key in JSON', '{"a":"-----BEGIN PRIVATE KEY-----\\nMII","b":1}', '{"a":"[redacted]","b":1}'],
    ['a token of GitHub', `clone with ghp_${'a1'.repeat(18)} failed`, 'clone with [redacted] failed'],
    ['a bearer token', 'sent Bearer abc.def-ghi_jkl1=', 'sent Bearer [redacted]'],
    ['a header with a bearer token', 'Authorization: Bearer abcdefghijk', 'Authorization: [redacted]'],
    ['a header as an option', 'authorization=hunter22', 'authorization: [redacted]'],
    ['a header with a key', 'x-api-key: hunter22, next', 'x-api-key: [redacted], next'],
    ['an address with a password', 'postgres://u:pa%20ss@db:5432/x?a=b', 'postgres://[redacted]@db:5432/x?a=b'],
    ['an address with a password and no user', 'rediss://:hunter22@cache:6379', 'rediss://[redacted]@cache:6379'],
  ])('%s goes', ([, written = '', clean = '']) => {
    expect(text(written)).toBe(clean)
    expect(text(clean)).toBe(clean)
  })

  test.for([
    'a task-oriented-description-of-work-2',
    'sk-learn-is-a-wordy-package-name',
    'see https://example.com:8443/path@2x.png',
    'mail a@b.example, at 12:30',
    'bearer of news',
    'Basic authentication and Bearer authentication',
    'the tokens of gAAAA',
    'git@example.com:owner/name.git',
  ])('leaves ordinary text: %s', (ordinary) => {
    expect(text(ordinary)).toBe(ordinary)
  })

  test('text of JSON stays JSON', () => {
    const line = {
      msg: `x-api-key: ${anthropic}`,
      url: 'postgres://u:p"w@h/d',
      n: { 'x-api-key': 12_345_678, b: 'Bearer aaaaaaaaaa1' },
    }
    expect(JSON.parse(text(JSON.stringify(line)))).toMatchObject({
      msg: 'x-api-key: [redacted]',
      n: { b: 'Bearer [redacted]' },
    })
  })

  test('takes time proportional to the length of any text', () => {
    for (const piece of [
      'sk-',
      'sk-a',
      'gAAAA',
      'Bearer ',
      'a://',
      'a://b:',
      'authorization:',
      'x-api-key=  ',
      'postgres://a:b',
    ])
      expect(text(piece.repeat(200_000 / piece.length)).length).toBeGreaterThan(0)
  }, 5_000)
})

describe('by value', () => {
  const password = 'p@ss"w/rd 1'
  const exact = createRedactor([password, 'hunter2222', 'hunter2222-longer', 'no'])

  test('removes the exact secrets, also in their JSON and URL forms, the longest first', () => {
    expect(exact.text(`it is ${password}.`)).toBe('it is [redacted].')
    expect(exact.text(JSON.stringify({ password }))).toBe('{"password":"[redacted]"}')
    expect(exact.text(`x://u@h/${encodeURIComponent(password)}`)).toBe('x://u@h/[redacted]')
    expect(exact.text('hunter2222-longer hunter2222')).toBe('[redacted] [redacted]')
    expect(exact.text('no, it is not')).toBe('no, it is not')
  })
})

describe('by path', () => {
  test('removes values of fields with secret names at any depth, and nothing else', () => {
    const given = {
      model: 'm',
      headers: { 'X-Api-Key': 'abc', Authorization: 'abc', 'set-cookie': ['a=b'], accept: '*/*' },
      options: [{ anthropicApiKey: 'abc', client_secret: { a: 1 }, max_tokens: 5 }],
      password: undefined,
    }
    expect(value(given)).toEqual({
      model: 'm',
      headers: { 'X-Api-Key': '[redacted]', Authorization: '[redacted]', 'set-cookie': '[redacted]', accept: '*/*' },
      options: [{ anthropicApiKey: '[redacted]', client_secret: '[redacted]', max_tokens: 5 }],
      password: undefined,
    })
    expect(given.headers['X-Api-Key']).toBe('abc')
    const harmless = { a: [1, { b: 'c' }] }
    expect(value(harmless)).toBe(harmless)
  })
})

describe('work with secrets of its own', () => {
  const own = createRedactor()

  test('has none of them in its texts and errors, also in what it awaits, and other work is not changed', async () => {
    const thrown = new Error('refused of-the-run')
    const texts = await own.during(['of-the-run'], async () => {
      await new Promise((resolve) => setImmediate(resolve))
      own.error(thrown)
      return [own.text('say of-the-run'), own.value({ a: ['of-the-run'] }), own.start('of-the-run', 100)]
    })
    expect(texts).toEqual(['say [redacted]', { a: ['[redacted]'] }, '[redacted]'])
    expect(thrown.message).toBe('refused [redacted]')
    expect(own.text('say of-the-run')).toBe('say of-the-run')
  })

  test('can not break a line of the log by a secret that is a part of its syntax', () => {
    const line = '{"level":"info","event":"run_end"}'
    expect(own.during(['"level":"'], () => own.line(line))).toBe(line)
  })
})

describe('an error', () => {
  test('is redacted in place: message, stack, fields, causes and aggregated errors', () => {
    const cause = new Error(`inner ${anthropic}`)
    const thrown = Object.assign(new Error(`401 ${anthropic}`, { cause }), {
      status: 401,
      headers: { authorization: `Bearer ${anthropic}`, 'content-type': 'a/b' },
      response: { request: { config: { apiKey: 'abc' } } },
      sent: new Headers({ 'x-api-key': 'abcdef' }),
    })
    const all = new AggregateError([thrown], 'all failed')
    error(all)
    expect(thrown).toMatchObject({
      message: '401 [redacted]',
      status: 401,
      headers: { authorization: '[redacted]', 'content-type': 'a/b' },
      response: { request: { config: { apiKey: '[redacted]' } } },
      sent: '[redacted]',
    })
    expect(cause.message).toBe('inner [redacted]')
    expect(`${thrown.stack}${cause.stack}`).not.toContain(anthropic)
    expect(Object.keys(thrown)).not.toContain('message')
  })

  test('keeps a redacted part of a huge message', () => {
    const thrown = new Error(`${anthropic} ${'x'.repeat(10_000_000)}`)
    error(thrown)
    expect(thrown.message).toMatch(/^\[redacted\] x+…$/)
    expect(thrown.message.length).toBeLessThan(101_000)
  })

  test('may be frozen, circular, unreadable, or not an error', () => {
    const circular: Error & { self?: unknown } = new Error('x')
    circular.self = circular
    const unreadable = Object.defineProperty(new Error('x'), 'message', {
      get() {
        throw new Error('no message')
      },
    })
    for (const thrown of [circular, unreadable, Object.freeze(new Error(anthropic)), 'text', undefined, null, 5])
      expect(() => error(thrown)).not.toThrow()
  })
})

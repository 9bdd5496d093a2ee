import { Writable } from 'node:stream'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { createLog } from '../log/create-log.ts'
import { createRedactor } from '../secrets/create-redactor.ts'
import { ignoredFields, ignoredFieldsValue, nameIgnored } from './ignored-fields.ts'

test('the header has at most 20 names, each once', () => {
  const names = Array.from({ length: 30 }, (_, index) => `field${index}`)
  expect(ignoredFieldsValue(['a', 'a', ...names]).split(', ')).toEqual(['a', ...names.slice(0, 19)])
})

test('the header has at most 1 kB, and only whole names', () => {
  const names = Array.from({ length: 20 }, (_, index) => `${index}${'é'.repeat(40)}`)
  const value = ignoredFieldsValue(names)
  expect(Buffer.byteLength(value)).toBeLessThanOrEqual(1_024)
  expect(value.split(', ').map(decodeURIComponent)).toEqual(names.slice(0, 4))
  const longest = ignoredFieldsValue(['\u{1F600}'.repeat(1_000)])
  expect(longest).not.toBe('')
  expect(Buffer.byteLength(longest)).toBeLessThanOrEqual(1_024)
})

test('names are percent-encoded, so that a name cannot end the header or add another', () => {
  expect(ignoredFieldsValue(['a\r\nset-cookie: x', 'config.callbacks', '\ud800', 'b,c'])).toBe(
    'a%0D%0Aset-cookie%3A%20x, config.callbacks, %EF%BF%BD, b%2Cc',
  )
})

test('ignored fields are in the debug log, and a response without any has no header', async () => {
  const logged: unknown[] = []
  const lines = new Writable({
    write(line, _encoding, done) {
      logged.push(JSON.parse(String(line)))
      done()
    },
  })
  const app = new Hono()
  app.use(ignoredFields(createLog('debug', createRedactor(), 'test', lines)))
  app.get('/named', (c) => {
    nameIgnored(c, ['colour'])
    return c.json({})
  })
  app.get('/plain', (c) => c.json({}))
  const named = await app.request('/named?size=1')
  expect(named.headers.get('hadal-ignored-fields')).toBe('colour, size')
  expect(logged).toEqual([
    expect.objectContaining({ level: 'debug', event: 'fields_ignored', path: '/named', fields: 'colour, size' }),
  ])
  expect((await app.request('/plain')).headers.get('hadal-ignored-fields')).toBeNull()
})

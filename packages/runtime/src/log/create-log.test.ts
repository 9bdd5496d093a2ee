import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createRedactor } from '../secrets/create-redactor.ts'
import { consoleToLog } from './console-to-log.ts'
import { createLog } from './create-log.ts'

function recordedLog() {
  const lines: string[] = []
  const destination = new Writable({
    write(line, _encoding, done) {
      lines.push(String(line))
      done()
    },
  })
  const redactor = createRedactor(['a-loaded-secret'])
  return { lines, redactor, log: createLog('debug', redactor, 'hadal-runtime', destination) }
}

test("every line has the guide's fields event, timestamp, level and logger, also in child logs", () => {
  const { lines, log } = recordedLog()
  log.info({ model: 'm' }, 'llm_request_start')
  log.child({ run_id: 'r' }).warn('draining')
  log.fatal({ err: new Error('away') }, 'uncaughtException')
  const parsed = lines.map((line) => JSON.parse(line))
  expect(parsed).toMatchObject([
    { event: 'llm_request_start', level: 'info', logger: 'hadal-runtime', model: 'm' },
    { event: 'draining', level: 'warn', logger: 'hadal-runtime', run_id: 'r' },
    { event: 'uncaughtException', level: 'fatal', logger: 'hadal-runtime', err: { message: 'away' } },
  ])
  for (const { timestamp } of parsed) expect(new Date(timestamp).toISOString()).toBe(timestamp)
  for (const line of lines) for (const name of ['msg', 'time']) expect(line).not.toContain(`"${name}":`)
})

test('a line of the console is a line of the log, redacted, with the logger console once', () => {
  const { lines, log, redactor } = recordedLog()
  const methods = { ...console }
  consoleToLog(methods, log, redactor)
  methods.warn('The key is %s', 'a-loaded-secret', { of: 'me' })
  methods.log('plain')
  methods.error('x'.repeat(20_000))
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { event: 'console', level: 'warn', logger: 'console', text: "The key is [redacted] { of: 'me' }" },
    { event: 'console', level: 'info', logger: 'console', text: 'plain' },
    { event: 'console', level: 'error', logger: 'console', text: `${'x'.repeat(10_000)}…` },
  ])
  expect(lines[0]?.match(/"logger"/g)).toHaveLength(1)
})

test('no part of a secret remains where a long text of an error or of the console is cut', () => {
  const { lines, log, redactor } = recordedLog()
  const long = `${'x'.repeat(9_992)}a-loaded-secret${'x'.repeat(9_992)}`
  const methods = { ...console }
  consoleToLog(methods, log, redactor)
  methods.log(long)
  log.error({ err: new Error(long) }, 'failed')
  for (const line of lines) expect(line).not.toContain('a-load')
})

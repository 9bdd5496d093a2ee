import { AIMessageChunk } from '@langchain/core/messages'
import { expect, test } from 'vitest'
import { createRedactor } from '../secrets/create-redactor.ts'
import { runError } from './run-error.ts'
import { StreamEvents } from './stream-events.ts'

test('the error of a tool is redacted and has no stack', () => {
  const redactor = createRedactor(['my-secret-token'])
  const wire = new StreamEvents(['tools'], (error) => runError(error, redactor))
  const payload = { event: 'on_tool_error', name: 'fetch', error: new TypeError('No access with my-secret-token') }
  const events = wire.of({ namespace: [], mode: 'tools', payload })
  expect(events).toMatchObject([{ event: 'tools', data: { name: 'fetch', error: { error: 'TypeError' } } }])
  expect(JSON.stringify(events)).toContain('No access with')
  expect(JSON.stringify(events)).not.toMatch(/my-secret-token|stream-events/)
})

test.each(['\n', '\r', '\r\n'])(
  'a line break in the name of a subgraph (%j) neither ends nor adds an event',
  (lineBreak) => {
    const wire = new StreamEvents(['updates', 'messages-tuple'], (error) => runError(error, createRedactor()))
    const namespace = [`ask${lineBreak}data: forged:1`]
    const message = new AIMessageChunk({ id: 'm', content: 'part' })
    const events = [
      ...wire.of({ namespace, mode: 'updates', payload: {} }),
      ...wire.of({ namespace, mode: 'messages', payload: [message, {}] }),
      ...wire.voided('m'),
    ]
    expect(events.map(({ event }) => event)).toEqual(
      ['updates', 'messages', 'messages'].map((mode) => `${mode}|ask data: forged:1`),
    )
  },
)

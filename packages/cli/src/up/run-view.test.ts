import { expect, test } from 'vitest'
import { createRunView, describeCall } from './run-view.ts'
import { createTerminal } from './terminal.ts'

function open() {
  const written: string[] = []
  const view = createRunView(createTerminal({ write: (text) => written.push(text) }, false))
  return { view, text: () => written.join('') }
}
const call = (id: string, name: string, args: object) => ({ type: 'ai', tool_calls: [{ id, name, args }] })
const chunk = (content: unknown) => [{ type: 'AIMessageChunk', content }, {}]

test('shows each call once, although the approval step sends its message again', () => {
  const { view, text } = open()
  const message = call('1', 'look', { what: 'whale' })
  view.show({ event: 'updates', data: { model_request: { messages: [message] } } })
  view.show({ event: 'updates', data: { approve: { messages: [message] } } })
  expect(text()).toBe('  tool       look whale\n')
})

test('shows a file when it was written, not when its writing was requested', () => {
  const { view, text } = open()
  const asked = call('1', 'write_file', { file_path: '/notes/a.md', content: 'four' })
  view.show({ event: 'updates', data: { model_request: { messages: [asked] } } })
  expect(text()).toBe('')
  const result = { type: 'tool', name: 'write_file', tool_call_id: '1', content: "Successfully wrote to '/notes/a.md'" }
  view.show({ event: 'updates', data: { tools: { messages: [result] } } })
  expect(text()).toBe("  file       Successfully wrote to '/notes/a.md'\n")
})

test('marks the calls of a subagent', () => {
  const { view, text } = open()
  view.show({ event: 'updates|tools:1', data: { model_request: { messages: [call('1', 'look', { what: 'whale' })] } } })
  expect(text()).toBe('  · tool     look whale\n')
})

test('prints streaming text with line breaks, and ends it before a call', () => {
  const { view, text } = open()
  for (const word of ['Ma', 'ny ', 'words', ...Array(20).fill(' whale'), '\n\nNew.'])
    view.show({ event: 'messages', data: chunk(word) })
  view.show({ event: 'messages|tools:1', data: chunk('not of the agent itself') })
  view.show({ event: 'updates', data: { model_request: { messages: [call('1', 'look', {})] } } })
  const lines = text().split('\n')
  expect(lines[0]).toMatch(/^ {2}says {7}Many words whale/)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(78)
  expect(lines.slice(-4)).toEqual(['', '             New.', '  tool       look', ''])
})

test('does not repeat a streamed message, and prints a message that was not streamed', () => {
  const { view, text } = open()
  view.show({ event: 'messages', data: [{ type: 'ai', id: '1', content: 'Streamed.', tool_call_chunks: [] }, {}] })
  view.show({ event: 'messages', data: [{ type: 'ai', id: '1', content: 'Streamed.' }, {}] })
  view.show({ event: 'messages', data: [{ type: 'ai', id: '2', content: [{ type: 'text', text: ' Whole.' }] }, {}] })
  view.show({ event: 'messages', data: [{ type: 'tool', id: '3', content: 'A result.' }, {}] })
  expect(text()).toBe('  says       Streamed. Whole.')
})

test('prints nothing for other events', () => {
  const { view, text } = open()
  for (const data of [null, [], {}, { node: null }, { node: { messages: [null, 'x', {}] } }]) {
    for (const event of ['updates', 'messages', 'metadata']) view.show({ event, data })
  }
  expect(text()).toBe('')
})

test('prints a plan as a list with marks', () => {
  const todos = [
    { content: 'Look', status: 'completed' },
    { content: 'Write', status: 'in_progress' },
    { content: 'Answer', status: 'pending' },
  ]
  expect(describeCall({ name: 'write_todos', args: { todos } })).toEqual([
    'plan',
    '[x] Look',
    '[>] Write',
    '[ ] Answer',
  ])
})

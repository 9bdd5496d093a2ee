import { expect, test } from 'vitest'
import { createTerminal } from './terminal.ts'

function open(isTTY: boolean, colour: boolean) {
  const written: string[] = []
  const terminal = createTerminal({ isTTY, write: (text) => written.push(text) }, colour)
  return { terminal, text: () => written.join('') }
}

test('prints a step in a pipe as one plain line with its time, when it is done', async () => {
  const { terminal, text } = open(false, true)
  await terminal.step('starting', async () => {
    expect(text()).toBe('')
    return 'started'
  })
  expect(text()).toMatch(/^ {2}✓ started +\d+\.\d s\n$/)
  expect(terminal.style('red', 'word')).toBe('word')
})

test('shows the title during the step on a terminal, and then replaces it', async () => {
  const { terminal, text } = open(true, true)
  await terminal.step('starting', async () => {
    expect(text()).toContain('… starting')
    return 'started'
  })
  expect(text()).toContain('\r\u001b[K')
  expect(text()).toContain('started')
  expect(terminal.style('red', 'word')).toBe('\u001b[31mword\u001b[39m')
  expect(open(true, false).terminal.style('red', 'word')).toBe('word')
})

test('keeps the title of a failed step and throws its error', async () => {
  const { terminal, text } = open(false, false)
  const step = terminal.step('starting', async () => {
    throw new Error('no')
  })
  await expect(step).rejects.toThrow('no')
  expect(text()).toBe('  ✗ starting\n')
})

import { expect, test } from 'vitest'
import { questionText } from './question-text.ts'

const call = { tool: 'execute', args: { command: 'rm -rf build', options: { force: true } } }

test('a question without a text of the author names the tool', () => {
  expect(questionText(call)).toBe('A call of execute waits for approval.')
  expect(questionText(call, { write_file: 'Write?' })).toBe('A call of execute waits for approval.')
})

test('a question has the text of its tool, otherwise the text of *', () => {
  const texts = { execute: '위험한 명령이 감지되었습니다. 실행하시겠습니까?', '*': '{tool}?' }
  expect(questionText(call, texts)).toBe('위험한 명령이 감지되었습니다. 실행하시겠습니까?')
  expect(questionText({ tool: 'send_mail', args: {} }, texts)).toBe('send_mail?')
  expect(questionText({ tool: 'toString', args: {} }, { execute: 'Run?' })).toBe(
    'A call of toString waits for approval.',
  )
})

test('a template gets the values of the arguments that it names, and keeps other braces', () => {
  expect(questionText(call, { execute: 'Run "{command}" with {options}? {missing} {} {toString}' })).toBe(
    'Run "rm -rf build" with {"force":true}? {missing} {} {toString}',
  )
})

test('braces in the value of an argument are not replaced', () => {
  expect(questionText({ tool: 'execute', args: { command: '{other} $&', other: 'x' } }, { execute: '{command}' })).toBe(
    '{other} $&',
  )
})

test('a text may be a function of the call, which can not change the call', () => {
  const texts = {
    execute: ({ tool, args }: { tool: string; args: Readonly<Record<string, unknown>> }) => {
      const text = `${tool}: ${String(args.command)}`
      Object.assign(args, { command: 'ls' })
      return text
    },
  }
  expect(questionText(call, texts)).toBe('execute: rm -rf build')
  expect(call.args.command).toBe('rm -rf build')
})

test('a question has the English sentence if the function fails or returns nothing', () => {
  const fails = () => {
    throw new Error('no text')
  }
  for (const own of [fails, () => '  ', () => undefined as unknown as string])
    expect(questionText(call, { execute: own })).toBe('A call of execute waits for approval.')
})

test('each argument in a text and the whole text are shortened to a limit', () => {
  const long = { tool: 'write_file', args: { content: 'x'.repeat(1_000_000) } }
  expect(questionText(long, { write_file: 'Write {content}?' })).toHaveLength('Write ?'.length + 501)
  expect(questionText(long, { write_file: () => 'y'.repeat(1_000_000) })).toHaveLength(4_001)
})

import { expect, test } from 'vitest'
import { questionText } from './question-text.ts'

const call = { tool: 'execute', args: { command: 'rm -rf build', options: { force: true } } }

test('names the tool if the author gives no text', () => {
  expect(questionText(call)).toBe('A call of execute waits for approval.')
  expect(questionText(call, { write_file: 'Write?' })).toBe('A call of execute waits for approval.')
})

test('is the text of the tool, or else that of *', () => {
  const texts = { execute: '위험한 명령이 감지되었습니다. 실행하시겠습니까?', '*': '{tool}?' }
  expect(questionText(call, texts)).toBe('위험한 명령이 감지되었습니다. 실행하시겠습니까?')
  expect(questionText({ tool: 'send_mail', args: {} }, texts)).toBe('send_mail?')
  expect(questionText({ tool: 'toString', args: {} }, { execute: 'Run?' })).toBe(
    'A call of toString waits for approval.',
  )
})

test('replaces the names of arguments in a template, and leaves other braces', () => {
  expect(questionText(call, { execute: 'Run "{command}" with {options}? {missing} {} {toString}' })).toBe(
    'Run "rm -rf build" with {"force":true}? {missing} {} {toString}',
  )
})

test('does not replace the braces of an argument', () => {
  expect(questionText({ tool: 'execute', args: { command: '{other} $&', other: 'x' } }, { execute: '{command}' })).toBe(
    '{other} $&',
  )
})

test('may be a function of the call, which can not change the call', () => {
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

test('is the usual sentence if the function fails or returns nothing', () => {
  const fails = () => {
    throw new Error('no text')
  }
  for (const own of [fails, () => '  ', () => undefined as unknown as string])
    expect(questionText(call, { execute: own })).toBe('A call of execute waits for approval.')
})

test('has limits for each argument and for the whole text', () => {
  const long = { tool: 'write_file', args: { content: 'x'.repeat(1_000_000) } }
  expect(questionText(long, { write_file: 'Write {content}?' })).toHaveLength('Write ?'.length + 501)
  expect(questionText(long, { write_file: () => 'y'.repeat(1_000_000) })).toHaveLength(4_001)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Approvals, approvalRules, needsApproval } from './approval-rules.ts'

function asks(tool: string, args: Record<string, unknown>, approvals: Approvals = {}): boolean {
  const rule = approvalRules(approvals).find((candidate) => candidate.tool === tool)
  return rule !== undefined && needsApproval(rule, args)
}
const notes: Approvals = { except: { write_file: { under: ['/notes/'] } } }

test('writing, editing or deleting a file always needs approval', () => {
  for (const tool of ['write_file', 'edit_file', 'delete']) expect(asks(tool, { file_path: '/notes/a.md' })).toBe(true)
})

test('a command needs approval if it contains rm, delete, drop or truncate as a word', () => {
  for (const command of [
    'rm -rf /',
    'cd x && RM y',
    '/bin/rm x',
    'psql -c "DROP TABLE t"',
    'find . -delete',
    'truncate -s0 f',
    "r''m x",
    'r\\m x',
    'drop_table()',
  ]) {
    expect([command, asks('execute', { command })]).toEqual([command, true])
  }
  for (const command of ['npm run format', 'cat dropdown.ts', 'ls', 'echo undeleted', 'transform']) {
    expect([command, asks('execute', { command })]).toEqual([command, false])
  }
  expect(asks('execute', { command: ['rm'] })).toBe(true)
})

test('writing to an exempt folder needs no approval, and writing anywhere else does', () => {
  expect(asks('write_file', { file_path: '/notes/deep/a.md' }, notes)).toBe(false)
  expect(asks('write_file', { path: '/notes/a.md' }, notes)).toBe(false)
  for (const path of [
    '/reports/a.md',
    '/notes',
    '/notesy/a.md',
    'notes/a.md',
    '/notes/../reports/a.md',
    '/notes/./a',
    '/notes//a',
    '/notes/~/a',
    '/notes\\..\\a',
    '/notes/a\u0000',
    '',
    7,
    undefined,
  ]) {
    expect([path, asks('write_file', { file_path: path }, notes)]).toEqual([path, true])
  }
  // The tool uses file_path if both are given.
  expect(asks('write_file', { path: '/notes/a.md', file_path: '/reports/a.md' }, notes)).toBe(true)
  expect(asks('edit_file', { file_path: '/notes/a.md' }, notes)).toBe(true)
})

test('a path that needs no approval is always inside an exempt folder', () => {
  const segment = fc.constantFrom('..', '.', '~', '', 'notes', 'reports', 'a.md')
  fc.assert(
    fc.property(fc.array(segment), (segments) => {
      const path = segments.join('/')
      if (!asks('write_file', { file_path: path }, notes)) {
        expect(new URL(path, 'file:///').pathname).toMatch(/^\/notes\//)
      }
    }),
  )
})

test('the rules list every exempt tool and folder', () => {
  expect(
    approvalRules({ except: { ...notes.except, delete: 'entirely', execute: 'entirely' }, also: ['send_mail'] }),
  ).toEqual([
    { tool: 'write_file', asks: 'always', exceptUnder: ['/notes/'] },
    { tool: 'edit_file', asks: 'always' },
    { tool: 'delete', asks: 'never' },
    { tool: 'execute', asks: 'never' },
    { tool: 'send_mail', asks: 'always' },
  ])
})

test('rejects an exempt folder that is not absolute or has no slash at its end', () => {
  for (const folder of ['notes/', '/notes', '/a/../b/', '']) {
    expect(() => approvalRules({ except: { write_file: { under: [folder] } } })).toThrow(
      `approvals.except.write_file.under has "${folder}". Write an absolute folder with a slash at its end`,
    )
  }
})

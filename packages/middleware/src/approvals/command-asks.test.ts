import { expect, test } from 'vitest'
import { commandAsks } from './command-asks.ts'

const asks = (command: string): boolean => commandAsks(command, ['rm', 'delete', 'drop', 'truncate'])

test.each([
  // as it stands
  'rm -rf /',
  'cd x && RM y',
  '/bin/rm x',
  'psql -c "DROP TABLE t"',
  'find . -delete',
  'truncate -s0 f',
  'ls # rm',
  // as a shell reads it
  "r''m x",
  'r\\m x',
  'r\\\nm x',
  '"r"m x',
  "$'\\x72m' x",
  "$'\\162\\155' x",
  `r\${nothing}m x`,
  'r$()m x',
  'echo `r""m x`',
  'x=$(r""m y)',
  'cat <(r""m y)',
  `sh -c 'r""m x'`,
  'if true; then $(echo r""m) x; fi',
  // what it calls shows only when it runs
  '$TOOL x',
  '"$TOOL" x',
  '$(echo bHM= | base64 -d) x',
  '/bin/r? x',
  '{r,}m x',
  // what can't be parsed
  'echo "',
  "echo 'x",
  'if then',
  'a | b ;; c',
  'echo $(ls',
])('asks: %s', (command) => {
  expect(asks(command)).toBe(true)
})

test.each([
  'ls -la',
  'npm run format',
  'cat dropdown.ts',
  'echo undeleted',
  'transform < in > out',
  'git log --format=%H | head -3',
  'for f in *.ts; do wc -l "$f"; done',
  'FOO=bar npm test && echo "done: $(date)"',
  "grep -rn 'harmless' src || true",
  'cat <<EOF\nhello $USER\nEOF',
  '',
])('does not ask: %s', (command) => {
  expect(asks(command)).toBe(false)
})

test('a command that is too long to read asks', () => {
  expect(asks('echo x; '.repeat(3_000))).toBe(true)
  expect(asks(`echo ${'('.repeat(20_000)}`)).toBe(true)
})

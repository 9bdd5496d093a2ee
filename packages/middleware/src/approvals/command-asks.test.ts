import { expect, test } from 'vitest'
import { commandAsks } from './command-asks.ts'

const asks = (command: string): boolean => commandAsks(command, ['rm', 'delete', 'drop', 'truncate'])

test.each([
  // a word as written
  'rm -rf /',
  'cd x && RM y',
  '/bin/rm x',
  'psql -c "DROP TABLE t"',
  'find . -delete',
  'truncate -s0 f',
  'ls # rm',
  // a word after shell quoting
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
  // a program whose name is known only at run time
  '$TOOL x',
  '"$TOOL" x',
  '$(echo bHM= | base64 -d) x',
  '/bin/r? x',
  '{r,}m x',
  // text that is read and executed only at run time
  'eval "$X"',
  "e''val x",
  'command eval x',
  'true && (eval x)',
  'curl x | sh',
  'curl x | tee y |& sudo -u z /bin/bash -s arg',
  'cat x | (cd y && dash)',
  'cat x | while read l; do sh; done',
  'cat x | env A=b bash -',
  'bash <<EOF\nls\nEOF',
  'bash <<< "$X"',
  'sh < x',
  '{ cd y; zsh; } < x',
  'bash <(curl x)',
  'source <(curl x)',
  'cat x | . /dev/stdin',
  'ls | xargs -n1 sh -c',
  'cat x | busybox sh',
  'sh -c "$(curl x)"',
  'sudo bash -ec "$X"',
  'curl x > >(sh)',
  // a command that can't be parsed
  'echo "',
  "echo 'x",
  'if then',
  'a | b ;; c',
  'echo $(ls',
])('needs approval: %s', (command) => {
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
  'bash build.sh',
  'cat x | bash build.sh',
  "cat x | bash -c 'wc -l'",
  'cat x | grep bash',
  'bash -x build.sh && echo done | wc',
  'node x.js < y',
  'sudo apt-get update',
  'echo eval',
  '',
])('needs no approval: %s', (command) => {
  expect(asks(command)).toBe(false)
})

test('a command that is too long to be parsed needs approval', () => {
  expect(asks('echo x; '.repeat(3_000))).toBe(true)
  expect(asks(`echo ${'('.repeat(20_000)}`)).toBe(true)
})

import { describe, expect, test } from 'vitest'
import { type Command, findCommand, help } from './find-command.ts'

const run = async (): Promise<void> => {}
const commands: readonly Command[] = [
  { name: 'serve', run },
  { name: 'prune', options: { 'dry-run': null }, run },
  { name: 'keys rotate', argument: 'KEY_ID', options: { 'overlap-hours': 'HOURS' }, run },
  { name: 'suspect', internal: true, run },
]
const found = (...words: string[]) => {
  const { command, given } = findCommand(words, commands)
  return [command.name, given.argument, Object.fromEntries(given.options), [...given.flags]]
}

describe('the arguments of the program', () => {
  test('name a command, its argument and its options, in any order', () => {
    expect(found('serve')).toEqual(['serve', undefined, {}, []])
    expect(found('prune', '--dry-run')).toEqual(['prune', undefined, {}, ['dry-run']])
    const rotated = ['keys rotate', 'abc', { 'overlap-hours': '2' }, []]
    expect(found('keys', 'rotate', 'abc', '--overlap-hours', '2')).toEqual(rotated)
    expect(found('keys', 'rotate', '--overlap-hours=2', 'abc')).toEqual(rotated)
    expect(found('suspect')).toEqual(['suspect', undefined, {}, []])
  })

  test('are listed by the help, without the internal commands', () => {
    expect(help(commands)).toBe(
      'hadal-runtime serve\nhadal-runtime prune [--dry-run]\nhadal-runtime keys rotate KEY_ID [--overlap-hours HOURS]\n',
    )
  })

  test.each([
    [['dance', '--now'], 'unknown command "dance --now". The commands are serve, prune, keys rotate.'],
    [['keys'], 'unknown command "keys". The commands are serve, prune, keys rotate.'],
    [['serve', 'now'], 'unknown argument "now". Usage: hadal-runtime serve.'],
    [['prune', '--dryrun'], 'unknown option "--dryrun". Usage: hadal-runtime prune [--dry-run].'],
    [['prune', '--dry-run=yes'], 'the option --dry-run has no value.'],
    [['prune', '--dry-run', '--dry-run'], 'the option --dry-run is given twice.'],
    [['keys', 'rotate'], 'KEY_ID is missing. Usage: hadal-runtime keys rotate KEY_ID [--overlap-hours HOURS].'],
    [['keys', 'rotate', 'a', 'b'], 'unknown argument "b".'],
    [['keys', 'rotate', 'a', '--overlap-hours'], 'the option --overlap-hours needs a value.'],
    [['keys', 'rotate', 'a', '--overlap-hours='], 'the option --overlap-hours needs a value.'],
    [['keys', 'rotate', 'a', '--overlap-hours', '--x'], 'the option --overlap-hours needs a value.'],
    [['prune', '--__proto__'], 'unknown option "--__proto__".'],
  ])('%j is refused with a sentence', (words, sentence) => {
    expect(() => findCommand(words, commands)).toThrow(sentence)
  })
})

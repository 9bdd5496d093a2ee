import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { hadalCommands } from '@hadal/cli/hadal-commands'
import { expect, test } from 'vitest'
import { projects } from '../../vitest.config.ts'
import { root } from '../repository-copy.ts'
import { type Code, codeIn, documentedCode } from './documented-code.ts'

/** A command as a reader writes it, after the name of its program. */
interface KnownCommand {
  readonly words: readonly string[]
  /** Options by name, with their dashes. The value says whether the option has a value. */
  readonly options: ReadonlyMap<string, boolean>
  readonly needed: readonly string[]
  readonly leastArguments: number
  readonly mostArguments: number
}

type Command = ReturnType<(typeof hadalCommands)[number]>

/** A command of `hadal` and its subcommands. */
function knownCommands(command: Command, before: readonly string[] = []): KnownCommand[] {
  const words = [...before, command.name()]
  const of = command.registeredArguments
  return [
    {
      words,
      options: new Map([
        ['--help', false],
        ...command.options.map(({ long, required, optional }) => [long ?? '', required || optional] as const),
      ]),
      needed: command.options.filter(({ mandatory }) => mandatory).map(({ long }) => long ?? ''),
      leastArguments: of.filter(({ required }) => required).length,
      mostArguments: of.some(({ variadic }) => variadic) ? Number.POSITIVE_INFINITY : of.length,
    },
    ...command.commands.flatMap((each) => knownCommands(each, words)),
  ]
}

const cli = hadalCommands.flatMap((command) => knownCommands(command()))

/** The commands of the image, from the program's own help. */
const runtime = execFileSync(process.execPath, [join(root, 'packages/runtime/src/main.ts'), '--help'], {
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .map((line): KnownCommand => {
    const options = [...line.matchAll(/\[(--[\w-]+)( [^\]]+)?\]/g)].map(
      ([, name = '', value]) => [name, value !== undefined] as const,
    )
    const names = line.replaceAll(/ \[.*?\]/g, '').split(' ')
    const words = names.slice(1).filter((word) => word !== word.toUpperCase())
    const count = names.length - 1 - words.length
    const optional = line.match(/ \[[A-Z]/g)?.length ?? 0
    return { words, options: new Map(options), needed: [], leastArguments: count, mostArguments: count + optional }
  })

const programs: readonly (readonly [RegExp, readonly KnownCommand[]])[] = [
  [/\bnpx hadal(?: |$)/g, cli],
  [/(?<![\w'/.-])hadal-runtime(?: |$)/g, runtime],
]

/** Returns the words of a shell command up to its end. Quoted words may contain anything. */
function wordsOf(text: string): string[] {
  const [own = ''] = /^(?:'[^']*'|"[^"]*"|\[[^\]]*\]|<[\w/:.-]+>|[^'"|;&#)`<>]|[<>](?=\w))*/.exec(text) ?? []
  return [...own.matchAll(/'[^']*'|"[^"]*"|<[^>]*>|[^\s'"]+/g)].map(([word]) => word).filter((word) => word !== '\\')
}

/** Returns what is wrong with a command, or undefined. A span may stop before the arguments. */
function problemOf(given: readonly string[], known: readonly KnownCommand[], block: boolean): string | undefined {
  if (given.length === 0 || /^[<….]/.test(given[0] ?? '')) return undefined
  const command = known
    .filter(({ words }) => words.every((word, index) => given[index] === word))
    .sort((a, b) => b.words.length - a.words.length)[0]
  if (!command) {
    const group = known.some(({ words }) => given.every((word, index) => words[index] === word))
    return group && !block ? undefined : 'there is no such command'
  }
  const rest = given.slice(command.words.length).map((word) => word.replaceAll(/^\[|\]$/g, ''))
  const options: string[] = []
  let count = 0
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [name = ''] = word.split('=')
    if (!word.startsWith('--')) count += word === '…' || word === '-' ? 0 : 1
    else {
      const hasValue = command.options.get(name)
      if (hasValue === undefined) return `there is no option ${name}`
      options.push(name)
      if (hasValue && !word.includes('=')) rest.shift()
    }
  }
  if (count > command.mostArguments) return 'it has too many arguments'
  if (!block) return undefined
  if (count < command.leastArguments) return 'an argument is missing'
  const missing = command.needed.find((name) => !options.includes(name))
  return missing && `the option ${missing} is missing`
}

/** Returns each command of our programs that does not exist, with its place and the reason. */
function unknownCommands(code: readonly Code[]): string[] {
  return code.flatMap(({ place, text, block }) =>
    text
      .replaceAll(/\\\n\s*/g, ' ')
      .split('\n')
      .flatMap((line) =>
        programs.flatMap(([program, known]) =>
          [...line.matchAll(program)].flatMap((at) => {
            if (line.trimStart().startsWith('#')) return []
            const words = wordsOf(line.slice(at.index + at[0].length))
            const problem = problemOf(words, known, block)
            return problem === undefined ? [] : [`${place}: ${at[0].trim()} ${words.join(' ')}: ${problem}`]
          }),
        ),
      ),
  )
}

test('documents show only commands, arguments and options that exist', () => {
  expect(cli.length).toBeGreaterThan(10)
  expect(runtime.length).toBeGreaterThan(10)
  const shown = documentedCode.filter(({ text }) => programs.some(([program]) => text.search(program) >= 0))
  expect(shown.length).toBeGreaterThan(100)
  expect(unknownCommands(documentedCode)).toEqual([])
})

test.each([
  ['`npx hadal forget prod`', 'there is no such command'],
  ['`npx hadal check prod --quick`', 'there is no option --quick'],
  ['```sh\nnpx hadal diff\n```', 'the option --base is missing'],
  ['```sh\nnpx hadal promote dev\n```', 'an argument is missing'],
  ['`npx hadal check dev prod`', 'it has too many arguments'],
  ['`hadal-runtime undo`', 'there is no such command'],
  ['`kubectl exec x -- hadal-runtime keys revoke --all`', 'there is no option --all'],
  ['```console\nhadal-runtime keys revoke\n```', 'an argument is missing'],
])('the check finds the error in %j', (text, problem) => {
  expect(unknownCommands(codeIn('page.md', text))).toEqual([expect.stringContaining(problem)])
})

/** Returns each `npm` script and tier of tests that does not exist. */
function unknownScripts(code: readonly Code[]): string[] {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const tiers = ['format', 'types', ...projects.map(({ test: { name } }) => name)]
  return code.flatMap(({ place, text }) => [
    ...[...text.matchAll(/\bnpm run ([\w:-]+)/g)].flatMap(([command, name = '']) =>
      name in scripts ? [] : [`${place}: ${command}: there is no such script`],
    ),
    ...[...text.matchAll(/\bnpm test -- ([\w-]+)/g)].flatMap(([command, name = '']) =>
      tiers.includes(name) ? [] : [`${place}: ${command}: there is no such tier`],
    ),
  ])
}

test('documents show only scripts and tiers of tests that exist', () => {
  expect(unknownScripts(documentedCode)).toEqual([])
  const made = codeIn('page.md', '`npm run everything`, `npm test -- quick`')
  expect(unknownScripts(made)).toHaveLength(2)
})

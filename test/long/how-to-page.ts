import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../repository-copy.ts'

/** Folder of the how-tos. */
export const howTos = join(root, 'docs/how-to')

/**
 * Part of a how-to that a reader executes or copies: commands, a file with its text, or fields of an environment's `config.ts`. Other blocks, such
 * as examples of output, are no steps.
 */
export type Step =
  | { readonly commands: string }
  | { readonly file: string; readonly text: string }
  | { readonly fields: string }

/** First line of a block that is a part of `config.ts`. These are the top-level fields that how-tos show. */
const field =
  /^ *(?:agent|agents|backup|batch|budgets|cluster|egress|exposure|imagePullSecret|models|postgres|quota|redis|retention|sandbox|secrets|tracing): /

/** Steps of a how-to, in its order. Commands are in blocks of the language `sh`, and in indented lines that begin with `npx`. */
export function stepsOf(page: string): Step[] {
  const markdown = readFileSync(join(howTos, page), 'utf8')
  const found = markdown.matchAll(/^( *)```(\w*)(?: (\S+))?\n([\s\S]*?)^ *```$|^ {4}(npx .*(?:\n {4}npx .*)*)$/gm)
  return [...found].flatMap(([, indentation = '', language, file, text = '', indented]): Step[] => {
    if (indented !== undefined) return [{ commands: indented.replaceAll(/^ {4}/gm, '') }]
    const block = text.replaceAll(new RegExp(`^${indentation}`, 'gm'), '')
    if (language === 'sh') return [{ commands: block }]
    if (file !== undefined) return [{ file, text: block }]
    return (language === 'ts' || language === '') && field.test(block) ? [{ fields: block }] : []
  })
}

/** Fields of a block by name, each with its text. The block may be indented. */
function fieldsIn(block: string): [name: string, text: string][] {
  const [indentation = ''] = /^ */.exec(block) ?? []
  const found: [string, string][] = []
  for (const indented of block.trimEnd().split('\n')) {
    const line = indented.slice(indentation.length)
    const name = /^(\w+): /.exec(line)?.[1]
    const last = found.at(-1)
    if (name !== undefined) found.push([name, line])
    else if (last) last[1] += `\n${line}`
  }
  return found
}

/** Fields that say what the object is that contains them. A block with one of them is the whole object, others are a part of it. */
const kind = /^ *(?:\w+: \{ )?(?:kind|topology|operators|default|requests): /m

/**
 * Returns the text of a `config.ts` with the fields of a block, as a reader would edit it: a whole object replaces the one of the same name, and a
 * part is added to it. `biome check --write` has to format the text.
 */
export function withFields(config: string, block: string): string {
  return fieldsIn(block).reduce((text, [name, value]) => {
    const own = new RegExp(`^  ${name}: .*\\n(?:(?: {3,}.*| {2}[\\]})].*)?\\n)*?(?=  [\\w/]|\\}|\\n)`, 'm')
    const existing = own.exec(text)?.[0]
    if (existing === undefined) return text.replace('defineEnvironment({\n', (start) => `${start}  ${value}\n`)
    const part = kind.test(value) ? undefined : /^\w+: \{([\s\S]*)\},$/.exec(value)?.[1]
    return text.replace(existing, () =>
      part === undefined ? `  ${value}\n` : existing.replace(`${name}: {`, (start) => `${start}${part}\n`),
    )
  }, config)
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withEverything } from '@hadal/charts/fixtures/shapes'
import { onCallFile, onCallPage } from '@hadal/cli/render/on-call-page'
import { root } from '../repository-copy.ts'

/** Code in a document: a span in backticks, or a block. */
export interface Code {
  /** File and line of the first line of the code, such as `docs/slo.md:12`. */
  readonly place: string
  readonly text: string
  /** Whether the code is a block, which a reader copies. A span may name a part of a command. */
  readonly block: boolean
  /** Language of a block; empty without one. */
  readonly language: string
}

const markdownIn = (folder: string, recursive: boolean): string[] =>
  readdirSync(join(root, folder), { recursive, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file))

/**
 * Documents that say what the repository has now. The decisions are not among them: they also name what was rejected or replaced.
 */
export const documents: readonly string[] = [
  ...markdownIn('.', false),
  ...markdownIn('docs', true).filter((file) => !file.startsWith('docs/decisions/')),
  ...readdirSync(join(root, 'packages')).flatMap((folder) => markdownIn(join('packages', folder), false)),
]

export const readDocument = (file: string): string => readFileSync(join(root, file), 'utf8')

/** A fence with its language, or four spaces before a command. */
const blockStart = /^( *)(`{3,}|~{3,})(\w*)/
const indentedCommand = /^ {4}(?:npx|npm|kubectl|hadal-runtime|node) /

/** Returns the code of a Markdown text in its order. */
export function codeIn(file: string, text: string): Code[] {
  const found: Code[] = []
  let open: { fence: string; language: string; line: number; lines: string[] } | undefined
  for (const [index, line] of text.split('\n').entries()) {
    const place = `${file}:${index + 1}`
    const [, , fence, language = ''] = blockStart.exec(line) ?? []
    if (open) {
      if (fence === open.fence && language === '') {
        const { lines, language: of, line: first } = open
        found.push({ place: `${file}:${first + 1}`, text: lines.join('\n'), block: true, language: of })
        open = undefined
      } else open.lines.push(line)
    } else if (fence !== undefined) open = { fence, language, line: index + 1, lines: [] }
    else if (indentedCommand.test(line)) found.push({ place, text: line.trim(), block: true, language: 'sh' })
    else
      for (const [, span = ''] of line.matchAll(/`([^`]+)`/g))
        found.push({ place, text: span, block: false, language: '' })
  }
  return found
}

/** The code of all {@link documents}, and of the generated page for the person on call. */
export const documentedCode: readonly Code[] = [
  ...documents.flatMap((file) => codeIn(file, readDocument(file))),
  ...codeIn(onCallFile(withEverything.name), onCallPage(withEverything)),
]

import { forEachChild, parse, type SyntaxNode, type Word, type WordPart } from 'unbash'
import { executesInput } from './fed-shell.ts'

/** A longer command is nothing that a reviewer reads either: it asks without being parsed. */
const mostCharacters = 20_000

const wordPattern = (words: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'iu')

/** What a shell makes of the fixed parts of a word; what it fills in only when it runs counts as nothing. */
function fixedText({ parts, value }: { readonly parts?: readonly WordPart[]; readonly value: string }): string {
  return parts ? parts.map(textOfPart).join('') : value
}

function textOfPart(part: WordPart): string {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return part.value
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.map(textOfPart).join('')
    default:
      return ''
  }
}

/** Whether a word's text is known without running anything. */
const isFixed = ({ parts = [] }: Word): boolean =>
  parts.every((part) => {
    if (part.type === 'DoubleQuoted' || part.type === 'LocaleString')
      return part.parts.every(({ type }) => type === 'Literal')
    return part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'AnsiCQuoted'
  })

/**
 * Whether a shell command waits for a person: it contains one of the words, as it stands or as a shell reads it (`r''m`, `$'\x72m'`), it
 * calls a program whose name is only known when it runs (`$TOOL x`), it executes text that it gets only when it runs (`eval`, `curl x | sh`), or it
 * can't be parsed. Takes time in proportion to the command's length.
 *
 * It is a help for whoever reviews. A command can do harm without any of these words: the control is the sandbox.
 *
 * @param words letters and digits only; their case doesn't matter
 */
export function commandAsks(command: string, words: readonly string[]): boolean {
  const word = wordPattern(words)
  if (command.length > mostCharacters || word.test(command)) return true
  // A shell within the command would take quotes away a second time: sh -c 'r""m x'.
  if (word.test(command.replace(/['"\\]/g, ''))) return true
  const parsed = parse(command)
  if (executesInput(parsed, { textOf: fixedText, isFixed })) return true
  const waiting: SyntaxNode[] = [parsed]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ('errors' in node && (node.errors?.length ?? 0) > 0) return true
    if (node.type === 'Word' && word.test(fixedText(node))) return true
    if (node.type === 'Command' && node.name && !isFixed(node.name)) return true
    forEachChild(node, (child) => waiting.push(child))
  }
  return false
}

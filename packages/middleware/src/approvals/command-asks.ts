import { type Command, forEachChild, parse, type SyntaxNode, type Word, type WordPart } from 'unbash'
import { carries, destroysByName } from './destroys-by-name.ts'
import { executesInput } from './fed-shell.ts'

/** Maximum length in UTF-16 units of a shell command that is parsed. A longer command needs approval without being parsed. */
const mostCharacters = 20_000
/** Maximum number of commands inside commands (`ssh host "sudo sh -c '…'"`) that are read. A deeper one needs approval. */
const deepest = 4

const wordPattern = (words: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'iu')

/** Text of a shell word after quoting. Parts that the shell expands only at run time are left out. */
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

/** Whether the text of a shell word is known without running a command. */
const isFixed = ({ parts = [] }: Word): boolean =>
  parts.every((part) => {
    if (part.type === 'DoubleQuoted' || part.type === 'LocaleString')
      return part.parts.every(({ type }) => type === 'Literal')
    return part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'AnsiCQuoted'
  })

/**
 * Whether a shell command needs approval:
 *
 * - It contains one of the words, as written or after shell quoting (`r''m`, `$'\x72m'`).
 * - It calls a program whose name is known only at run time (`$TOOL x`), or that destroys data by its name (`dropdb`, `mkfs.ext4`, `dd of=…`).
 * - It executes text that it reads only at run time (`eval`, `curl x | sh`).
 * - It can't be parsed.
 *
 * The check takes time in proportion to the command's length.
 *
 * The check helps a reviewer, but it is not a security control: a command can do harm without any of these words. The sandbox is the control.
 *
 * @param words words of letters and digits, compared without case
 */
export function commandAsks(command: string, words: readonly string[], depth = 0): boolean {
  const word = wordPattern(words)
  if (command.length > mostCharacters || word.test(command)) return true
  // A nested shell would remove quotes a second time: sh -c 'r""m x'.
  if (word.test(command.replace(/['"\\]/g, ''))) return true
  const parsed = parse(command)
  if (executesInput(parsed, { textOf: fixedText, isFixed })) return true
  const waiting: SyntaxNode[] = [parsed]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ('errors' in node && (node.errors?.length ?? 0) > 0) return true
    if (node.type === 'Word' && word.test(fixedText(node))) return true
    if (node.type === 'Command' && node.name && (!isFixed(node.name) || destroys(node, words, depth))) return true
    forEachChild(node, (child) => waiting.push(child))
  }
  return false
}

/** Whether a command destroys data by the name of its program, or has an argument that is itself a command that needs approval. */
function destroys({ name, suffix }: Command, words: readonly string[], depth: number): boolean {
  const texts = [name, ...suffix].filter((part) => part?.type === 'Word').map(fixedText)
  const lower = words.map((word) => word.toLowerCase())
  if (destroysByName(texts, lower)) return true
  if (!carries(texts[0] ?? '')) return false
  const inner = texts.slice(1).filter((text) => /\s/.test(text.trim()))
  return inner.length > 0 && (depth >= deepest || inner.some((text) => commandAsks(text, words, depth + 1)))
}

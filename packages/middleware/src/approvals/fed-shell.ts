import { type Command, forEachChild, type Redirection, type SyntaxNode, type Word } from 'unbash'
import { commandWrappers } from './command-wrappers.ts'
import { shells } from './shells.ts'

const readers = new Set(['source', '.'])
/** Programs that execute a script in another language, which they read from standard input if they get no file. */
const interpreter = /^(?:python[\d.]*|perl|ruby|node|php|lua)$/
/** Options of interpreters after which a script is still read from standard input. */
const plainOption = /^-[uBIESOq]+$/
/** Arguments that let a shell read its commands from standard input. */
const inputNames = new Set(['-', '-s', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'])

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
const isInput = (redirect: Redirection): boolean =>
  redirect.type === 'HereDoc' || redirect.type === 'HereString' || redirect.operator.startsWith('<')
/** Whether a redirection gives a program a text that is not in the command. */
const isUnseen = (redirect: Redirection): boolean =>
  isInput(redirect) && redirect.type !== 'HereDoc' && redirect.type !== 'HereString'
const isSubstituted = ({ parts = [] }: Word): boolean => parts.some(({ type }) => type === 'ProcessSubstitution')

/** Functions that return the known text of a shell word, and whether this is the whole text, before the command runs. */
export interface WordReading {
  readonly textOf: (word: Word) => string
  readonly isFixed: (word: Word) => boolean
}

/** Whether a command has an input, and whether the text of the input is not in the command. */
interface Input {
  readonly fed: boolean
  readonly unseen: boolean
}

/**
 * Whether a command executes text that it reads only at run time: by `eval`, or by a shell that reads its commands from a pipe, a here-document, a
 * redirection or a process substitution. An interpreter such as `python` counts if the script is not in the command. The input may belong to an
 * enclosing command: `(cd x; sh) < file`.
 */
export function executesInput(root: SyntaxNode, reading: WordReading): boolean {
  const waiting: (Input & { node: SyntaxNode })[] = [{ node: root, fed: false, unseen: false }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node } = next
    // Another command writes to this one: `curl x > >(sh)`.
    const isTarget = node.type === 'ProcessSubstitution' && node.operator === '>'
    const fed = next.fed || isTarget || ('redirects' in node && node.redirects.some(isInput))
    const unseen = next.unseen || isTarget || ('redirects' in node && node.redirects.some(isUnseen))
    if (node.type === 'Command' && commandExecutes(node, { fed, unseen }, reading)) return true
    let first = true
    forEachChild(node, (child) => {
      const piped = node.type === 'Pipeline' && !first
      waiting.push({ node: child, fed: fed || piped, unseen: unseen || piped })
      first = false
    })
  }
  return false
}

function commandExecutes({ name, suffix }: Command, { fed, unseen }: Input, { isFixed, textOf }: WordReading): boolean {
  const words = [name, ...suffix].filter((part) => part?.type === 'Word')
  const texts = words.map(textOf)
  const [program = ''] = texts.map(baseName)
  const at = commandWrappers.has(program)
    ? texts.findIndex(
        (text, index) =>
          index > 0 && (shells.has(baseName(text)) || interpreter.test(baseName(text)) || text === 'eval'),
      )
    : 0
  const run = baseName(texts[at] ?? '')
  const operands = texts.slice(at + 1)
  if (run === 'eval') return true
  if (readers.has(run))
    return words.slice(at + 1).some(isSubstituted) || (fed && operands.some((text) => inputNames.has(text)))
  if (interpreter.test(run))
    return unseen && (operands.every((text) => plainOption.test(text)) || operands.some((text) => inputNames.has(text)))
  if (!shells.has(run)) return false
  if (words.slice(at + 1).some(isSubstituted)) return true
  // `sh -c "$(curl x)"`: the script is known only at run time.
  const option = operands.findIndex((text) => /^-[a-z]*c/.test(text))
  const script = option === -1 ? undefined : words[at + 2 + option]
  if (script && !isFixed(script)) return true
  const readsInput =
    operands.every((text) => /^[-+]/.test(text) && !/^-[a-z]*c/.test(text)) ||
    operands.some((text) => inputNames.has(text))
  return (fed || program === 'xargs') && (readsInput || program === 'xargs')
}

import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'

type Path = readonly (string | number)[]

/** Parsed texts. Several items read the same file, and parsing takes most of their time. */
const parsed = new Map<string, { readonly root: unknown; readonly lines: LineCounter }>()

function parse(text: string): { readonly root: unknown; readonly lines: LineCounter } {
  const before = parsed.get(text)
  if (before) return before
  const lines = new LineCounter()
  const now = { root: parseDocument(text, { lineCounter: lines, version: '1.1' }).contents, lines }
  parsed.set(text, now)
  return now
}

/**
 * Line number, starting at 1, of a field in a YAML or JSON text. If the field does not exist, the line of its nearest existing parent, or 1.
 *
 * @param path keys and list indices, e.g. `['spec', 'containers', 0, 'image']`
 */
export function lineOfField(text: string, path: Path): number {
  const { root, lines } = parse(text)
  let node = root
  let offset = 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step)
      if (!isPair(pair)) break
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node) && typeof step === 'number') {
      const item: unknown = node.items[step]
      if (!isMap(item) && !isSeq(item) && !isScalar(item)) break
      offset = item.range?.[0] ?? offset
      node = item
    } else break
  }
  return Math.max(lines.linePos(offset).line, 1)
}

/** Number, starting at 1, of the first line that contains `part`. Undefined if there is none. */
export function lineWith(text: string, part: string | RegExp): number | undefined {
  const index = text.split('\n').findIndex((line) => (typeof part === 'string' ? line.includes(part) : part.test(line)))
  return index < 0 ? undefined : index + 1
}

const escaped = (name: string): string => name.replaceAll(/[^\w-]/g, '\\$&')

/**
 * Line number, starting at 1, of a setting in a `config.ts`. If the setting is not written there, the line of its parent, or of the call of
 * `defineEnvironment`. It relies on the formatter's layout: fields of the environment are indented by two spaces.
 *
 * @param path path of the setting, e.g. `['models', 'routing']`
 */
export function lineOfSetting(
  text: string,
  path: readonly string[],
): { readonly line: number; readonly written: boolean } {
  const lines = text.split('\n').map((line) => (/^\s*(\/\/|\/?\*)/.test(line) ? '' : line))
  const [first = '', ...inner] = path
  const start = lines.findIndex((line) => new RegExp(`^ {2}${first}(:|,)`).test(line))
  if (start < 0)
    return { line: lines.findIndex((line) => line.includes('defineEnvironment(')) + 1 || 1, written: false }
  const length = lines.slice(start + 1).findIndex((line) => /^ {2}\w/.test(line) || /^\}/.test(line))
  const block = lines.slice(start, length < 0 ? undefined : start + 1 + length)
  let line = start
  for (const name of inner) {
    const found = block.findIndex(
      (text, index) => start + index >= line && new RegExp(`(?<![\\w-])(['"]?)${escaped(name)}\\1:`).test(text),
    )
    if (found < 0) return { line: line + 1, written: false }
    line = start + found
  }
  return { line: line + 1, written: true }
}

import { isDeepStrictEqual } from 'node:util'
import { PlainError } from '../plain-error.ts'

export interface GraphEntry {
  readonly path: string
  readonly description: string
}

/**
 * The text of a `langgraph.json` with one more graph at the end of its list. The rest stays as people wrote it.
 *
 * @throws {PlainError} where the name is taken, or the file is not what it should be
 */
export function withGraph(file: string, text: string, name: string, entry: GraphEntry): string {
  const before = parsed(file, text)
  if (name in before.graphs) throw new PlainError(`${file} names a graph "${name}" already. Choose another name.`)
  const start = text.indexOf('{', text.search(/"graphs"\s*:\s*\{/))
  const end = closing(text, start)
  const list = text.slice(start + 1, end).trimEnd()
  const added = `\n    ${JSON.stringify(name)}: {\n      "path": ${JSON.stringify(entry.path)},\n      "description": ${JSON.stringify(entry.description)}\n    }`
  const after = `${text.slice(0, start + 1)}${list}${list.trim() === '' ? '' : ','}${added}\n  ${text.slice(end)}`
  if (!isDeepStrictEqual(parsed(file, after), { ...before, graphs: { ...before.graphs, [name]: entry } }))
    throw new PlainError(`${file} is written in a way that can't be added to. Add "${name}" to its graphs by hand.`)
  return after
}

function parsed(file: string, text: string): { readonly graphs: Readonly<Record<string, unknown>> } {
  try {
    const content: unknown = JSON.parse(text)
    const graphs = typeof content === 'object' && content !== null && 'graphs' in content ? content.graphs : undefined
    if (typeof graphs === 'object' && graphs !== null) return content as { graphs: Record<string, unknown> }
  } catch {
    // Said below, like the other way to be no list of graphs.
  }
  throw new PlainError(`${file} is no JSON object with "graphs". Mend it first.`)
}

/** Where the brace that opens at `start` closes. */
function closing(text: string, start: number): number {
  let depth = 0
  let inString = false
  for (let index = start; index < text.length; index++) {
    const character = text[index]
    if (inString) {
      if (character === '\\') index++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return index
  }
  return text.length
}

import { isDeepStrictEqual } from 'node:util'
import { PlainError } from '../plain-error.ts'

export interface GraphEntry {
  readonly path: string
  readonly description: string
}

/**
 * Adds a graph to the text of a `langgraph.json`, at the end of its list. The rest of the text is unchanged.
 *
 * @throws {PlainError} if the name is taken, or the file does not have the expected form
 */
export function withGraph(file: string, text: string, name: string, entry: GraphEntry): string {
  const before = parsed(file, text)
  if (name in before.graphs) throw new PlainError(`${file} already has a graph "${name}". Choose another name.`)
  const start = text.indexOf('{', text.search(/"graphs"\s*:\s*\{/))
  const end = closing(text, start)
  const list = text.slice(start + 1, end).trimEnd()
  const added = `\n    ${JSON.stringify(name)}: {\n      "path": ${JSON.stringify(entry.path)},\n      "description": ${JSON.stringify(entry.description)}\n    }`
  const after = `${text.slice(0, start + 1)}${list}${list.trim() === '' ? '' : ','}${added}\n  ${text.slice(end)}`
  if (!isDeepStrictEqual(parsed(file, after), { ...before, graphs: { ...before.graphs, [name]: entry } }))
    throw new PlainError(`${file} does not have the expected form. Add "${name}" to its graphs by hand.`)
  return after
}

function parsed(file: string, text: string): { readonly graphs: Readonly<Record<string, unknown>> } {
  try {
    const content: unknown = JSON.parse(text)
    const graphs = typeof content === 'object' && content !== null && 'graphs' in content ? content.graphs : undefined
    if (typeof graphs === 'object' && graphs !== null) return content as { graphs: Record<string, unknown> }
  } catch {
    // Reported below, like a missing "graphs".
  }
  throw new PlainError(`${file} is not a JSON object with "graphs". Fix it first.`)
}

/** Index of the closing brace that matches the opening brace at `start`. */
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

import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import { type StructuredTool, tool } from 'langchain'
import { z } from 'zod'
import { type Passage, passagesOf, searchPassages } from './search-passages.ts'

/** Maximum number of documents that the tool search_documents reads. Its answer says how many documents it left out. */
const mostFiles = 1000
/** Maximum size in bytes of a document that the tool search_documents reads. */
const mostBytes = 1024 * 1024
/** Maximum number of passages that the tool search_documents returns. */
const mostHits = 5
/** Maximum number of lines that one call of the tool read_document returns. */
const linesAtOnce = 200

const isDocument = (name: string): boolean => /\.(md|txt)$/i.test(name) && !/(^|[/\\])(\.|node_modules[/\\])/.test(name)

/** Returns the sorted paths of the documents in a folder, relative to the folder. */
async function listDocuments(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  return names.filter(isDocument).sort()
}

const showPassage = ({ path, line, heading, text }: Passage): string => `${path}:${line}: ${heading}\n${text}`

/** Real path of a document; undefined if the file does not exist, is not a document, or is outside the folder because of `..` or a link. */
async function locate(folder: string, path: string): Promise<string | undefined> {
  if (!isDocument(path)) return undefined
  const root = await realpath(folder)
  const place = await realpath(join(root, path)).catch(() => undefined)
  if (place === undefined) return undefined
  const way = relative(root, place)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? undefined : place
}

async function search(folder: string, query: string): Promise<string> {
  const names = await listDocuments(folder)
  const passages: Passage[] = []
  const left: string[] = names.slice(mostFiles)
  for (const name of names.slice(0, mostFiles)) {
    const path = await locate(folder, name)
    if (path === undefined) continue
    if ((await stat(path)).size > mostBytes) left.push(name)
    else passages.push(...passagesOf(name.split(sep).join('/'), await readFile(path, 'utf8')))
  }
  const hits = searchPassages(query, passages, mostHits)
  const note =
    left.length > 0 ? `\n\n(${left.length} of ${names.length} documents were too many or too large to search.)` : ''
  if (hits.length === 0) return `No document matches: ${query}${note}`
  return hits.map(showPassage).join('\n\n') + note
}

async function read(folder: string, path: string, fromLine: number): Promise<string> {
  const place = await locate(folder, path)
  if (place === undefined) return `There is no document "${path}". Use a path that search_documents returned.`
  const lines = (await readFile(place, 'utf8')).split(/\r?\n/)
  const shown = lines.slice(fromLine - 1, fromLine - 1 + linesAtOnce)
  const rest = lines.length - (fromLine - 1 + shown.length)
  return (
    shown.join('\n') + (rest > 0 ? `\n\n(${rest} more lines; continue with from_line ${fromLine + shown.length}.)` : '')
  )
}

/** Metadata of an agent's tools that only read: executing such a call twice does no harm, so after a crash the server repeats it without approval. */
const metadata = { idempotent: true }

/** Tools that search and read the Markdown and text files under a folder. They change nothing and need no network. */
export function documentTools(folder: string): StructuredTool[] {
  return [
    tool(({ query }) => search(folder, query), {
      name: 'search_documents',
      metadata,
      description: `Finds the ${mostHits} passages that match a query best. Each begins with path:line: heading.`,
      schema: z.object({ query: z.string().describe('a few significant words') }),
    }),
    tool(({ path, from_line }) => read(folder, path, from_line), {
      name: 'read_document',
      metadata,
      description: `Reads a document, ${linesAtOnce} lines at a time.`,
      schema: z.object({
        path: z.string().describe('as search_documents returned it'),
        from_line: z.number().int().min(1).default(1).describe('the first line to read, from 1'),
      }),
    }),
  ]
}

import { isRecord } from '@hadal/middleware/unknown-value'
/** One entry of `graphs`, split at its last colon. */
export interface GraphEntry {
  readonly id: string
  /** As written, relative to the folder of the langgraph.json. */
  readonly modulePath: string
  readonly exportName: string
  readonly description?: string
}

export interface LanggraphJson {
  readonly graphs: readonly GraphEntry[]
  /** Sentences about fields that are accepted and have no effect here. */
  readonly notices: readonly string[]
  /** Sentences about what must be mended; graphs that are whole are still listed. */
  readonly problems: readonly string[]
}

/** Fields of the LangGraph CLI that say how it builds an image: accepted, since a build of ours needs none of them. */
const buildFields = [
  '$schema',
  'version',
  'dependencies',
  'node_version',
  'python_version',
  'base_image',
  'image_distro',
  'dockerfile_lines',
  'pip_config_file',
  'pip_installer',
  'keep_pkg_tools',
  'api_version',
]

/** Fields that change how the LangGraph CLI's server behaves. Passing over one (`auth`!) would be a silent hole. */
const serverFields = ['auth', 'checkpointer', 'encryption', 'http', 'store', 'ui', 'ui_config', 'webhooks']

const known = ['graphs', 'env', ...buildFields]

/** JSON.parse names a position only in some of its messages; the rest mean the end of the text. */
function whereJsonBreaks(text: string, message: string): string {
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length)
  const before = text.slice(0, position).split('\n')
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
}

const example = '"graphs": { "researcher": "./src/researcher/researcher.ts:researcher" }'

function readGraph(file: string, id: string, value: unknown): GraphEntry | string {
  const at = `${file}: graph "${id}"`
  if (id.trim() === '') return `${file}: a graph has an empty name. Name it: clients call it by that name.`
  if (isRecord(value)) {
    const unknown = Object.keys(value).filter((key) => key !== 'path' && key !== 'description')
    if (unknown.length > 0) return `${at} has the unknown field "${unknown.join('", "')}". Known are path, description.`
    if (value.description !== undefined && typeof value.description !== 'string') {
      return `${at} has the description ${JSON.stringify(value.description)}. Write it as a string.`
    }
  }
  const path = isRecord(value) ? value.path : value
  if (typeof path !== 'string') {
    return `${at} is ${JSON.stringify(value)}. Write "./file.ts:exportName", or an object with that as its path.`
  }
  const colon = path.lastIndexOf(':')
  const modulePath = path.slice(0, colon)
  const exportName = path.slice(colon + 1)
  if (colon < 1 || exportName === '' || /[/\\]/.test(exportName)) {
    return `${at} is "${path}", which names no export. Write "${colon > 1 ? modulePath : path}:exportName".`
  }
  const description = isRecord(value) ? (value.description as string | undefined) : undefined
  return { id, modulePath, exportName, ...(description === undefined ? {} : { description }) }
}

/**
 * Reads the text of a `langgraph.json` (the LangGraph CLI's format). Pure: `file` is only named in the sentences.
 * Every problem is reported, not only the first.
 */
export function parseLanggraphJson(file: string, text: string): LanggraphJson {
  const failed = (problem: string): LanggraphJson => ({ graphs: [], notices: [], problems: [problem] })
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const reason = message.replace(/ in JSON at position.*$/s, '').replace(/, ".*$/s, '')
    return failed(`${file} is not JSON at ${whereJsonBreaks(text, message)}: ${reason}. Mend it there.`)
  }
  if (!isRecord(content)) return failed(`${file} is not a JSON object. Write { ${example} }.`)

  const problems: string[] = []
  const notices: string[] = []
  for (const field of Object.keys(content)) {
    if (serverFields.includes(field)) {
      problems.push(
        `${file}: "${field}" changes how the LangGraph CLI's own server behaves; this server does not act on it. ` +
          'Remove it, so that nobody relies on it.',
      )
    } else if (!known.includes(field)) {
      problems.push(`${file} has the unknown field "${field}". Known are ${known.join(', ')}.`)
    }
  }
  const env = content.env
  if (typeof env === 'string' || (isRecord(env) && Object.keys(env).length > 0)) {
    notices.push(`${file}: "env" is for the LangGraph CLI and sets nothing here: this server reads its own variables.`)
  }

  const graphs: GraphEntry[] = []
  const entries = content.graphs
  if (!isRecord(entries) || Object.keys(entries).length === 0) {
    problems.push(`${file} has no graphs. Name at least one: ${example}.`)
  } else {
    for (const [id, value] of Object.entries(entries)) {
      const graph = readGraph(file, id, value)
      if (typeof graph === 'string') problems.push(graph)
      else graphs.push(graph)
    }
  }
  return { graphs, notices, problems }
}

import { isRecord } from '@hadal/middleware/unknown-value'
import { type ProjectEnvironment, parseProjectEnvironment } from '@hadal/platform/project-environment'
import { parseCheckpointer } from './checkpointer-ttl.ts'
import { checkKeys } from './langgraph-keys.ts'
import { type ProjectAuth, parseAuth } from './project-auth.ts'
import { type ProjectHttp, parseHttp } from './project-http.ts'
import { parseStore } from './store-settings.ts'

/** One entry of `graphs` in a langgraph.json. Its path is split at the last colon into module and export. */
export interface GraphEntry {
  readonly id: string
  /** Path of a graph's module as written in the langgraph.json, relative to the folder of that file. */
  readonly modulePath: string
  readonly exportName: string
  readonly description?: string
}

export interface LanggraphJson {
  readonly graphs: readonly GraphEntry[]
  /** Warnings about a langgraph.json: one sentence per field that is accepted but has no effect. */
  readonly notices: readonly string[]
  /** Field `env`: path of a file of variables, or the variables themselves. */
  readonly env?: ProjectEnvironment
  /** Field `http`. */
  readonly http: ProjectHttp
  /** Field `auth`. */
  readonly auth?: ProjectAuth
  /** Errors of a langgraph.json: one sentence per problem. Valid graphs are still listed. */
  readonly problems: readonly string[]
}

/** Returns the line and column of a JSON error. An error message of JSON.parse without a position means the end of the text. */
function whereJsonBreaks(text: string, message: string): string {
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length)
  const before = text.slice(0, position).split('\n')
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
}

const example = '"graphs": { "researcher": "./src/researcher/researcher.ts:researcher" }'

function readGraph(file: string, id: string, value: unknown): GraphEntry | string {
  const at = `${file}: graph "${id}"`
  if (id.trim() === '') return `${file}: a graph has an empty name. Give it a name: clients use it to start runs.`
  if (isRecord(value)) {
    const unknown = Object.keys(value).filter((key) => key !== 'path' && key !== 'description')
    if (unknown.length > 0)
      return `${at} has the unknown field "${unknown.join('", "')}". The fields are path and description.`
    if (value.description !== undefined && typeof value.description !== 'string') {
      return `${at} has the description ${JSON.stringify(value.description)}. Use a string.`
    }
  }
  const path = isRecord(value) ? value.path : value
  if (typeof path !== 'string') {
    return `${at} is ${JSON.stringify(value)}. Use "./file.ts:exportName", or an object whose path is that string.`
  }
  const colon = path.lastIndexOf(':')
  const modulePath = path.slice(0, colon)
  // The public servers take the default export of "./file.ts:".
  const exportName = path.slice(colon + 1) || 'default'
  if (colon < 1 || /[/\\]/.test(exportName)) {
    return `${at} is "${path}", without the name of an export. Use "${colon > 1 ? modulePath : path}:exportName".`
  }
  const description = isRecord(value) ? (value.description as string | undefined) : undefined
  return { id, modulePath, exportName, ...(description === undefined ? {} : { description }) }
}

/**
 * Parses the text of a `langgraph.json` (the format of the LangGraph CLI). It reports every problem, not only the first.
 *
 * @param file name of the file in the messages
 */
export function parseLanggraphJson(file: string, text: string): LanggraphJson {
  const failed = (problem: string): LanggraphJson => ({
    graphs: [],
    notices: [],
    http: parseHttp(file, undefined).http,
    problems: [problem],
  })
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const reason = message.replace(/ in JSON at position.*$/s, '').replace(/, ".*$/s, '')
    return failed(`${file} is not valid JSON at ${whereJsonBreaks(text, message)}: ${reason}. Correct it.`)
  }
  if (!isRecord(content)) return failed(`${file} is not a JSON object. Use { ${example} }.`)

  const { problems, notices } = checkKeys(file, content)
  const { env, ...ofEnv } = parseProjectEnvironment(file, content.env)
  const { http, ...ofHttp } = parseHttp(file, content.http)
  const { auth, ...ofAuth } = parseAuth(file, content.auth)
  const ofCheckpointer = parseCheckpointer(file, content.checkpointer)
  const ofStore = parseStore(file, content.store)
  problems.push(
    ...ofEnv.problems,
    ...ofHttp.problems,
    ...ofAuth.problems,
    ...ofCheckpointer.problems,
    ...ofStore.problems,
  )
  notices.push(...ofHttp.notices, ...ofAuth.notices, ...ofCheckpointer.notices, ...ofStore.notices)

  const graphs: GraphEntry[] = []
  const entries = content.graphs
  if (!isRecord(entries) || Object.keys(entries).length === 0) {
    problems.push(`${file} has no graphs. Add at least one: ${example}.`)
  } else {
    for (const [id, value] of Object.entries(entries)) {
      const graph = readGraph(file, id, value)
      if (typeof graph === 'string') problems.push(graph)
      else graphs.push(graph)
    }
  }
  return { graphs, notices, problems, http, ...(env ? { env } : {}), ...(auth ? { auth } : {}) }
}

import { Client } from '@langchain/langgraph-sdk'
import type { Terminal } from './terminal.ts'

/** A project with a sign-in of its own lets this user in on a loopback address, as it does LangGraph Studio. */
const defaultHeaders = { 'x-auth-scheme': 'langsmith' }

/** Prints the graphs of a server, each broken one with its reason. @returns the names of the broken graphs */
export async function showGraphs(terminal: Terminal, url: string): Promise<string[]> {
  const client = new Client({ apiUrl: url, defaultHeaders })
  const found = await client.assistants.search({ limit: 1_000 }).catch((error: unknown) => {
    const status = error instanceof Error && 'status' in error ? error.status : undefined
    if (status !== 401 && status !== 403) throw error
    terminal.line(
      "      The project's own sign-in does not let hadal up list its graphs. Problems of graphs are in the log.",
    )
    return []
  })
  const broken: string[] = []
  for (const { graph_id: graph, metadata } of found) {
    const problem = Reflect.get(metadata ?? {}, 'problem')
    if (typeof problem === 'string') broken.push(graph)
    terminal.line(
      `      ${graph.padEnd(20)} ${typeof problem === 'string' ? `can't be loaded: ${problem}` : 'is served'}`,
    )
  }
  return broken
}

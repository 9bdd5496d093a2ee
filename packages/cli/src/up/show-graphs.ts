import { Client } from '@langchain/langgraph-sdk'
import type { Terminal } from './terminal.ts'

/** Prints the graphs of a server, each broken one with its reason. @returns the names of the broken graphs */
export async function showGraphs(terminal: Terminal, url: string): Promise<string[]> {
  const found = await new Client({ apiUrl: url }).assistants.search({ limit: 1_000 })
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

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort } from '@hadal/cli/up/free-port'
import { runChild } from '../child.ts'
import { type Served, serveProgram } from './served.ts'

/**
 * LangGraph's development server (MIT), which keeps its data in memory, with the versions of its peers. Only the bench installs it: as a dependency
 * of the repository it would bring 80 packages, and change the peers of those in the image.
 */
const packages = [
  '@langchain/langgraph-api@1.5.1',
  '@langchain/langgraph@1.7.3',
  '@langchain/langgraph-checkpoint@1.2.2',
  '@langchain/langgraph-sdk@1.15.0',
  '@langchain/core@1.4.0',
  'typescript@5.9.3',
]

const files = {
  'package.json': '{ "private": true, "type": "module" }\n',
  'echo.mjs': `import { AIMessage } from '@langchain/core/messages'
import { MessagesAnnotation, StateGraph } from '@langchain/langgraph'

export const graph = new StateGraph(MessagesAnnotation)
  .addNode('echo', ({ messages }) => ({ messages: [new AIMessage('You said: ' + messages.at(-1)?.text)] }))
  .addEdge('__start__', 'echo')
  .addEdge('echo', '__end__')
  .compile()
`,
  'serve.mjs': `import process from 'node:process'
import { startServer } from '@langchain/langgraph-api/server'

const [folder, port] = process.argv.slice(2)
await startServer({ port: Number(port), nWorkers: 10, host: '127.0.0.1', cwd: folder, graphs: { echo: './echo.mjs:graph' } })
process.stdout.write(port + '\\n')
`,
}

/** Starts LangGraph's server in memory with the graph of the bench. Installs it the first time. */
export async function serveLangGraphApi(): Promise<Served> {
  const folder = join(homedir(), '.cache', 'hadal', 'bench', 'langgraph-api-1.5.1')
  if (!existsSync(folder)) await install(folder)
  // The server writes its data into its folder, and would read it at the next start.
  rmSync(join(folder, '.langgraph_api'), { recursive: true, force: true })
  return serveProgram(join(folder, 'serve.mjs'), [folder, String(await freePort())], 'echo')
}

/** Installs into a temporary folder and renames it at the end, so that an interrupted installation leaves no incomplete cache. */
async function install(cache: string): Promise<void> {
  mkdirSync(dirname(cache), { recursive: true })
  const work = mkdtempSync(`${cache}-`)
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(work, name), content)
    await runChild('npm', ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], work)
    renameSync(work, cache)
  } catch (error) {
    rmSync(work, { recursive: true, force: true })
    throw error
  }
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from '../plain-error.ts'
import { agentSource, agentTestSource } from './agent-template.ts'
import { withGraph } from './langgraph-json.ts'
import { camelCase } from './names.ts'
import { writeFiles } from './write-files.ts'

export interface NewOptions {
  /** The folder that holds `environments/`. */
  readonly root: string
  readonly name: string
  readonly write: (line: string) => void
}

const graphsFile = 'packages/agents/langgraph.json'

/** Words that JavaScript keeps for itself: no export can be called by one. */
const reserved =
  /^(arguments|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|undefined|var|void|while|with|yield)$/

/**
 * Writes a deep agent, its test and its line in `langgraph.json`. All of it or nothing.
 *
 * @throws {PlainError} where the name is taken or can't be one
 */
export function newAgent({ root, name, write }: NewOptions): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40) {
    throw new PlainError(
      `"${name}" can't be the name of an agent: at most 40 lower-case letters and digits, in words joined by "-", e.g. "support-desk".`,
    )
  }
  if (reserved.test(name))
    throw new PlainError(`"${name}" is a word of JavaScript's own. Name the agent by what it does.`)
  const folder = `packages/agents/src/${name}`
  if (existsSync(join(root, folder))) throw new PlainError(`${folder} is there already. Choose another name.`)
  if (!existsSync(join(root, graphsFile)))
    throw new PlainError(`${join(root, graphsFile)} is missing: agents are named there.`)

  const exported = camelCase(name)
  const graph = {
    path: `./src/${name}/${name}.ts:${exported}`,
    description: 'Answers, and asks before it writes a file',
  }
  const graphs = withGraph(graphsFile, readFileSync(join(root, graphsFile), 'utf8'), name, graph)
  writeFiles(
    root,
    new Map([
      [`${folder}/${name}.ts`, agentSource(name, exported)],
      [`${folder}/${name}.test.ts`, agentTestSource(name)],
      [graphsFile, graphs],
    ]),
  )
  write(`${folder}/${name}.ts      the agent: its prompt, tools and subagents`)
  write(`${folder}/${name}.test.ts its test, without a model's key`)
  write(`${graphsFile} names it "${name}", as clients call it`)
  write('')
  write('Next:')
  write(`  1. Write its prompt and tools in ${folder}/${name}.ts, and what it must do in the test beside it.`)
  write('  2. npm run describe')
  write(`  3. npx vitest run --project unit ${folder}`)
}

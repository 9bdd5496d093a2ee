import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from '../plain-error.ts'
import { agentSource, agentTestSource } from './agent-template.ts'
import { withGraph } from './langgraph-json.ts'
import { camelCase } from './names.ts'
import { writeFiles } from './write-files.ts'

export interface NewOptions {
  /** Root folder of the repository or copy that contains `environments/`. */
  readonly root: string
  readonly name: string
  readonly write: (line: string) => void
}

const graphsFile = 'packages/agents/langgraph.json'

/** Reserved words of JavaScript, which can't be the name of an export. */
const reserved =
  /^(arguments|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|undefined|var|void|while|with|yield)$/

/**
 * Writes the files of a new deep agent: its source, its test and its entry in `langgraph.json`. If one can't be written, none is.
 *
 * @throws {PlainError} if the name is taken or invalid
 */
export function newAgent({ root, name, write }: NewOptions): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40) {
    throw new PlainError(
      `Invalid name of an agent: "${name}". Use at most 40 lower-case letters and digits, in words joined by "-", e.g. "support-desk".`,
    )
  }
  if (reserved.test(name))
    throw new PlainError(`Invalid name of an agent: "${name}" is a reserved word of JavaScript. Choose another name.`)
  const folder = `packages/agents/src/${name}`
  if (existsSync(join(root, folder))) throw new PlainError(`${folder} already exists. Choose another name.`)
  if (!existsSync(join(root, graphsFile)))
    throw new PlainError(`${join(root, graphsFile)} is missing. Create it: agents are registered there.`)

  const exported = camelCase(name)
  const graph = {
    path: `./src/${name}/${name}.ts:${exported}`,
    description: 'Answers questions; writing a file needs an approval',
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
  write(`${folder}/${name}.test.ts its test, which needs no model's key`)
  write(`${graphsFile} registers it as "${name}", the name for clients`)
  write('')
  write('Next:')
  write(`  1. Write its prompt and tools in ${folder}/${name}.ts, and its expected behaviour in the test beside it.`)
  write('  2. npm run describe')
  write(`  3. npx vitest run --project unit ${folder}`)
}

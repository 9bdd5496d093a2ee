import { field } from '@hadal/middleware/unknown-value'
import type { BackendKind } from './agent-backend.ts'

/** Tools of deepagents without effects of their own. `task` runs a subagent, whose calls are recorded. */
const withoutEffect = ['ls', 'read_file', 'glob', 'grep', 'write_todos', 'task'] as const

/** Tools of deepagents that change a file. With the backend `web`, files are in the thread's state, which a repeated step writes again. */
const fileTools = ['write_file', 'edit_file', 'delete'] as const

/** An agent or subagent with its tools, and with the tools of its middleware. */
export interface WithTools {
  readonly tools?: readonly unknown[] | undefined
  readonly middleware?: readonly { readonly tools?: readonly unknown[] | undefined }[] | undefined
}

const nameOf = (tool: unknown): unknown => field(tool, 'name')

/** Returns the names of the tools that an agent's author wrote. */
export const authorsTools = (agents: readonly WithTools[]): ReadonlySet<unknown> =>
  new Set(
    agents
      .flatMap(({ tools = [], middleware = [] }) => [...tools, ...middleware.flatMap(({ tools = [] }) => tools)])
      .map(nameOf),
  )

/**
 * Returns the tools whose executions are not recorded, because a repeated execution changes nothing outside the thread's state. A tool of the
 * agent's author is always recorded, even if it has one of these names. `batch` and `sandbox` keep files in a folder, and `container` keeps some in
 * the store: there, a repeated `edit_file` would change an edited file.
 */
export function unrecordedTools(backend: BackendKind, agents: readonly WithTools[]): ReadonlySet<string> {
  const authors = authorsTools(agents)
  const builtIn = backend === 'web' ? [...withoutEffect, ...fileTools] : withoutEffect
  return new Set(builtIn.filter((name) => !authors.has(name)))
}

import { field } from '@hadal/middleware/unknown-value'
import type { BackendKind } from './agent-backend.ts'

/** deepagents' tools that only read, or that have no effect of their own: `task` runs a subagent, whose calls are recorded. */
const withoutEffect = ['ls', 'read_file', 'glob', 'grep', 'write_todos', 'task'] as const

/** deepagents' tools that change a file. With the backend `web` a file is in the thread's state, which a step that is repeated writes anew. */
const fileTools = ['write_file', 'edit_file', 'delete'] as const

/** What an agent or one of its subagents brings along: its own tools, and its middleware's. */
export interface WithTools {
  readonly tools?: readonly unknown[] | undefined
  readonly middleware?: readonly { readonly tools?: readonly unknown[] | undefined }[] | undefined
}

const nameOf = (tool: unknown): unknown => field(tool, 'name')

/** The names of the tools that an agent's author wrote. */
export const authorsTools = (agents: readonly WithTools[]): ReadonlySet<unknown> =>
  new Set(
    agents
      .flatMap(({ tools = [], middleware = [] }) => [...tools, ...middleware.flatMap(({ tools = [] }) => tools)])
      .map(nameOf),
  )

/**
 * The tools whose executions are not recorded, because executing them again changes nothing outside the thread's state. A tool of the agent's
 * author is always recorded, even under one of these names. `batch` and `sandbox` keep files in a folder, `container` keeps some in the store: there
 * a second `edit_file` would meet the first one's text.
 */
export function unrecordedTools(backend: BackendKind, agents: readonly WithTools[]): ReadonlySet<string> {
  const authors = authorsTools(agents)
  const builtIn = backend === 'web' ? [...withoutEffect, ...fileTools] : withoutEffect
  return new Set(builtIn.filter((name) => !authors.has(name)))
}

import type { Approvals } from '@hadal/middleware/approvals/approval-rules'
import { nearestName } from '@hadal/platform/nearest-name'
import { AgentRefused } from './agent-refused.ts'
import { authorsTools, type WithTools } from './unrecorded-tools.ts'

/** Tools that deepagents and the production stack add to every agent. `execute` works only in a backend that runs commands. */
const builtIn = [
  'ls',
  'read_file',
  'write_file',
  'edit_file',
  'delete',
  'glob',
  'grep',
  'execute',
  'task',
  'write_todos',
] as const

/**
 * Rejects rules for tools that the agent doesn't have: with a misspelled name, the real tool would run without approval.
 *
 * @param agents the agent and its subagents
 * @throws AgentRefused that names each unknown tool and the nearest known one
 */
export function checkApprovalNames(
  agent: string,
  { also = [], except = {}, questions = {} }: Approvals,
  agents: readonly WithTools[],
): void {
  const known = [...builtIn, ...[...authorsTools(agents)].filter((name) => typeof name === 'string')]
  const written = [
    ...also.map((name) => ({ field: 'also', name })),
    ...Object.keys(except).map((name) => ({ field: 'except', name })),
    ...Object.keys(questions)
      .filter((name) => name !== '*')
      .map((name) => ({ field: 'questions', name })),
  ]
  const unknown = written.filter(({ name }) => !known.includes(name))
  if (unknown.length === 0) return
  const sentences = unknown.map(({ field, name }) => {
    const near = nearestName(name, known)
    return `approvals.${field} names the tool "${name}", but neither the agent nor a subagent has it.${near ? ` Did you mean "${near}"?` : ''}`
  })
  throw new AgentRefused(
    `Agent "${agent}": ${sentences.join(' ')} The tools are ${known.join(', ')}. A tool that a middleware adds only at run time must be in the \`tools\` of that middleware as well.`,
  )
}

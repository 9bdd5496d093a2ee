import { roles } from '@hadal/platform/access'
import type { AgentsDescription, ApprovalRule } from '@hadal/platform/agents-description'
import { type Answer, type ChecklistItem, type Subject, together } from '../checklist-item.ts'
import { inDescription, serverCan, serverCannotYet, settingPlace } from '../evidence.ts'

/** The guide's dangerous tools, and deepagents' `delete`. Every agent has a rule for each of them, even if it opts out. */
const dangerous = ['write_file', 'edit_file', 'delete', 'execute']

/**
 * Checklist item: dangerous tool calls wait for an approval, in every graph and its subagents. Tools that an agent's code opts out still hold
 * and appear as notes.
 */
export const approvals: ChecklistItem = {
  id: 'approvals',
  title: 'Approvals (HITL)',
  group: 'required',
  answer: (subject) =>
    together(
      serverCan(subject, 'approvalsKept', { mend: 'Use a server that has this capability.' }),
      switchedOff(subject),
      approvers(subject),
      serverCannotYet(subject, 'approvalExpiry'),
      ...subject.agents.graphs.map((graph, index) => ofGraph(subject, graph, index)),
    ),
}

function switchedOff(subject: Subject): Partial<Answer> {
  if (subject.environment.approvals.enabled) return {}
  const path = ['approvals', 'enabled']
  const mend = 'Remove it, or set it to true.'
  return { missing: [{ problem: 'approvals.enabled is false.', mend, ...settingPlace(subject, path) }] }
}

/** Whether somebody may answer: with sign-in, only callers with the role `approve` or `administer`. */
function approvers(subject: Subject): Partial<Answer> {
  const { access, approvals } = subject.environment
  if (!approvals.enabled) return {}
  if (access.kind === 'open')
    return {
      notes: ['access.kind is "open": every client that reaches the API may answer, and no answer names a person.'],
    }
  if (access.kind !== 'oidc') return {}
  const byClaim = access.claims.roles === undefined ? [] : Object.values(access.roles ?? { all: roles }).flat()
  if ([...access.defaultRoles, ...byClaim].some((role) => role === 'approve' || role === 'administer')) return {}
  const path = ['access', access.roles === undefined ? 'defaultRoles' : 'roles']
  return {
    missing: [
      {
        problem: 'No user can have the role approve or administer, so nobody can answer, and every approval expires.',
        mend: 'Give the role approve to a value of access.roles, or to access.defaultRoles.',
        ...settingPlace(subject, path),
      },
    ],
  }
}

function ofGraph(subject: Subject, graph: AgentsDescription['graphs'][number], index: number): Partial<Answer> {
  const place = inDescription(subject, ['graphs', index, 'graph'], '')
  if (graph.kind === 'other') {
    const problem = `Graph "${graph.graph}" was not created by defineAgent, so its tool calls need no approval.`
    const mend = 'Create it with defineAgent from @hadal/runtime/agents/define-agent.'
    return { missing: [{ problem, mend, file: place.file, line: place.line }] }
  }
  const agents = [
    { who: `Graph "${graph.graph}"`, rules: graph.approvals },
    ...graph.subagents.map(({ name, approvals }) => ({
      who: `Subagent "${name}" of graph "${graph.graph}"`,
      rules: approvals,
    })),
  ]
  const missing = agents.flatMap(({ who, rules }) => {
    const without = dangerous.filter((tool) => !rules.some((rule) => rule.tool === tool))
    if (without.length > 0)
      return [{ problem: `${who} has no rule for ${without.join(', ')}.`, mend: 'Let defineAgent create the rules.' }]
    if (rules.some(({ asks }) => asks !== 'never')) return []
    return [
      {
        problem: `${who} opts out every tool, so no call needs an approval.`,
        mend: 'Opt out folders instead of tools: set approvals.except.',
      },
    ]
  })
  if (missing.length > 0) return { missing: missing.map((one) => ({ ...one, file: place.file, line: place.line })) }
  const subagents = graph.subagents.length > 0 ? ' and its subagents' : ''
  const asks = graph.approvals.filter(({ asks }) => asks !== 'never').map(({ tool }) => tool)
  const says = `Graph "${graph.graph}"${subagents} need an approval for ${asks.join(', ')}`
  return {
    evidence: [
      inDescription(subject, ['graphs', index, 'approvals'], subagents ? says : says.replace(' need ', ' needs ')),
    ],
    notes: optedOut(agents),
  }
}

/** Notes about tools that need no approval. A note that applies to an agent and all its subagents appears once. */
function optedOut(agents: readonly { readonly who: string; readonly rules: readonly ApprovalRule[] }[]): string[] {
  const unasked = new Map<string, string[]>()
  for (const { who, rules } of agents) {
    for (const { tool, asks, exceptUnder = [] } of rules) {
      const what =
        asks === 'never' ? tool : exceptUnder.length > 0 ? `${tool} under ${exceptUnder.join(', ')}` : undefined
      if (what) unasked.set(what, [...(unasked.get(what) ?? []), who])
    }
  }
  return [...unasked].map(([what, who]) => {
    const whose = who.length === agents.length ? (who[0] ?? '') : who.join(', ')
    return `${whose}: ${what} needs no approval: opted out in code.`
  })
}

import { z } from 'zod'
import type { AgentsDescription, DeclaredValue } from './agents-description.ts'
import type { Environment } from './environment.ts'
import { nearestName } from './nearest-name.ts'
import type { Problem } from './problem.ts'

/**
 * Compares the settings and secrets that an environment gives to its agents with those that the agents declare. A missing, superfluous or invalid
 * one is a problem. Values of secrets are unknown here.
 */
export function agentValueProblems(
  { agents, secrets: source }: Pick<Environment, 'agents' | 'secrets'>,
  { graphs }: Pick<AgentsDescription, 'graphs'>,
): Problem[] {
  const names = graphs.map(({ graph }) => graph)
  const unknown = Object.keys(agents).filter((name) => !names.includes(name))
  return [...unknown.map((name) => unknownGraph(name, names)), ...graphs.flatMap(ofGraph)]

  function ofGraph({ graph, settings: declared = {}, secrets: declaredSecrets = {} }: Graph): Problem[] {
    const { settings = {}, secrets = [] } = agents[graph] ?? {}
    const at = `agents.${graph}`
    return [
      ...nameProblems(`${at}.settings`, 'setting', Object.keys(settings), declared, () => 'Add it with its value.'),
      ...Object.entries(settings).flatMap(([name, value]) => {
        const schema = declared[name]?.schema
        return schema ? valueProblems(`${at}.settings.${name}`, value, schema) : []
      }),
      ...nameProblems(
        `${at}.secrets`,
        'secret',
        secrets,
        declaredSecrets,
        (name) => `Add its name to the list, and its value to ${secretPlace(source, graph, name)}.`,
      ),
    ]
  }
}

type Graph = AgentsDescription['graphs'][number]

/** Where a person puts the value of an agent's secret. */
const secretPlace = (source: Environment['secrets'], graph: string, name: string): string =>
  source.kind === 'pulumi'
    ? `the stack: "pulumi config set --secret hadal:agent-${graph}/${name}"`
    : `the secret store: entry ${source.path}/agent-${graph}, key ${name}`

function unknownGraph(name: string, names: readonly string[]): Problem {
  const near = nearestName(name, names)
  return {
    path: `agents.${name}`,
    allowed: `No graph of packages/agents/langgraph.json has this name. The graphs are ${names.join(', ') || 'none'}.`,
    remedy: near
      ? `Write "${near}" if that is meant, or remove it.`
      : 'Remove it, or add the graph and run "npm run describe".',
  }
}

/** Problems of the names of settings or secrets: declared names that are missing, and names that the agent does not declare. */
function nameProblems(
  path: string,
  kind: 'setting' | 'secret',
  given: readonly string[],
  declared: Readonly<Record<string, Pick<DeclaredValue, 'required'>>>,
  addIt: (name: string) => string,
): Problem[] {
  const missing = Object.keys(declared).filter((name) => declared[name]?.required && !given.includes(name))
  const superfluous = given.filter((name) => !Object.hasOwn(declared, name))
  return [
    ...missing.map((name) => ({
      path: `${path}.${name}`,
      allowed: `Missing. The agent declares this ${kind}.`,
      remedy: addIt(name),
    })),
    ...superfluous.map((name) => {
      const near = nearestName(name, Object.keys(declared))
      return {
        path: `${path}.${name}`,
        allowed: `The agent declares no ${kind} of this name. It declares ${Object.keys(declared).join(', ') || 'none'}.`,
        remedy: near
          ? `Write "${near}" if that is meant, or remove it.`
          : 'Remove it, or declare it in the agent\'s code and run "npm run describe".',
      }
    }),
  ]
}

function valueProblems(path: string, value: unknown, schema: DeclaredValue['schema']): Problem[] {
  const issues = z.fromJSONSchema(schema).safeParse(value).error?.issues ?? []
  return issues.map(({ message, path: [index] }) => ({
    path: index === undefined ? path : `${path}[${String(index)}]`,
    value,
    allowed: `${message}, by the schema in the agent's code.`,
    remedy: 'Change it.',
  }))
}

import type { AgentsDescription } from '@hadal/platform/agents-description'
import { z } from 'zod'
import { LoadAgentsError, loadAgents } from './load-agents.ts'
import type { ListedAgent } from './loaded-agent.ts'
import { inputSchema } from './placeholder-values.ts'
import { type ProjectSettings, readProjectSettings } from './project-settings.ts'
import { capabilities } from './server-capabilities.ts'
import { type AgentDeclaration, isRequired } from './with-settings.ts'

/** Describes one graph: an agent of `defineAgent`, or a graph of another kind. */
export function graphDescription({
  graphId,
  recorded,
  declaration,
}: Pick<ListedAgent, 'graphId' | 'recorded' | 'declaration'>): AgentsDescription['graphs'][number] {
  const declared = declaration && declarationDescription(declaration)
  return recorded
    ? { graph: graphId, kind: 'hadal', ...recorded, ...declared }
    : { graph: graphId, kind: 'other', ...declared }
}

function declarationDescription({ settings, secrets }: AgentDeclaration) {
  return {
    settings: Object.fromEntries(
      Object.entries(settings).map(([name, schema]) => [
        name,
        { required: isRequired(schema), schema: z.record(z.string(), z.json()).parse(inputSchema(schema)) },
      ]),
    ),
    secrets: Object.fromEntries(
      Object.entries(secrets).map(([name, schema]) => [name, { required: isRequired(schema) }]),
    ),
  }
}

/**
 * Describes the server and every graph of a `langgraph.json` for `hadal check`. Compiles the graphs but does not run them.
 *
 * @param file path of the langgraph.json
 * @throws LoadAgentsError with a sentence for every graph that can't be loaded
 */
export async function describeAgents(file: string): Promise<AgentsDescription> {
  const { agents } = await loadAgents(file)
  const broken = [...agents.values()].flatMap(({ problem }) => problem ?? [])
  if (broken.length > 0) throw new LoadAgentsError(broken)
  const graphs = [...agents.values()].map(graphDescription)
  return { server: capabilities, graphs, ...needsOf(readProjectSettings(file)) }
}

/** What a langgraph.json needs of an environment; nothing if it needs nothing. */
function needsOf({ auth, http }: Pick<ProjectSettings, 'auth' | 'http'>): Pick<AgentsDescription, 'project'> {
  const project = {
    ...(auth && { auth: true }),
    ...(http.configurableHeaders.includes.length > 0 && { configurableHeaders: true }),
  }
  return Object.keys(project).length > 0 ? { project } : {}
}

/** Formats a description as the text of its file, at least one line per rule, so that a pull request shows each change. */
export const descriptionText = (description: AgentsDescription): string => `${JSON.stringify(description, null, 2)}\n`

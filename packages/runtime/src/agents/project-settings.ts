import { readFileSync } from 'node:fs'
import { type ProjectEnvironment, projectVariables } from '@hadal/platform/project-environment'
import { readVariableNames } from '@hadal/platform/read-variable-names'
import { parseLanggraphJson } from './langgraph-json.ts'
import type { ProjectAuth } from './project-auth.ts'
import type { ProjectHttp } from './project-http.ts'

/** Settings of a langgraph.json for the server. */
export interface ProjectSettings {
  readonly env: ProjectEnvironment | undefined
  readonly http: ProjectHttp
  readonly auth: ProjectAuth | undefined
}

/** Reads the settings of a langgraph.json. A file that can't be read counts as one without settings: loading the agents reports that. */
export function readProjectSettings(file: string): ProjectSettings {
  let text = '{}'
  try {
    text = readFileSync(file, 'utf8')
  } catch {}
  const { env, http, auth } = parseLanggraphJson(file, text)
  return { env, http, auth }
}

/** Variables of a langgraph.json for its agents, and warnings about those that have no effect. */
export interface AgentVariables {
  readonly variables: Readonly<Record<string, string>>
  readonly notices: readonly string[]
}

/**
 * Returns the variables of the field `env` that the process does not have yet. Those of the server itself are left out: its environment sets them,
 * and a file in the image must not change the server's configuration.
 */
export function agentVariables(
  { env }: Pick<ProjectSettings, 'env'>,
  present: Readonly<Record<string, string | undefined>>,
): AgentVariables {
  const { variables, notice } = projectVariables(env, (path) => readFileSync(path, 'utf8'))
  const missing = Object.entries(variables).filter(([name]) => present[name] === undefined)
  const servers = missing.map(([name]) => name).filter((name) => readVariableNames.includes(name))
  const ignored =
    servers.length > 0
      ? [
          `"env" of the langgraph.json sets ${servers.join(', ')}, which the server reads itself. Set these in the environment of the server.`,
        ]
      : []
  return {
    variables: Object.fromEntries(missing.filter(([name]) => !servers.includes(name))),
    notices: [...(notice ? [notice] : []), ...ignored],
  }
}

/** Values of variables whose names say that they are secret. */
export const secretValues = (variables: Readonly<Record<string, string>>): string[] =>
  Object.entries(variables).flatMap(([name, value]) =>
    /key|token|secret|passw|credential|dsn|_url$|_uri$/i.test(name) ? [value] : [],
  )

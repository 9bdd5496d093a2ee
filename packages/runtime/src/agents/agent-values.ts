import { nearestName } from '@hadal/platform/nearest-name'
import { readVariableNames } from '@hadal/platform/read-variable-names'
import type { Agents } from '@hadal/platform/schema/agent-values'
import { agentSecret } from '@hadal/platform/secret-table'
import type { z } from 'zod'
import { shortestSecret } from '../secrets/create-redactor.ts'
import { type AgentDeclaration, isRequired, type ValueSchemas } from './with-settings.ts'

/** Values of the settings and secrets that one agent declares, or sentences about those that are missing or invalid. */
export interface AgentValues {
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, unknown>>
  readonly problems: readonly string[]
  /** Warnings for the log: values that the agent does not declare and that have no effect. */
  readonly notices: readonly string[]
}

/** Returns the values of an agent's settings and secrets. */
export type ReadAgentValues = (graph: string, declaration: AgentDeclaration) => AgentValues

export interface AgentValuesOptions {
  /** Content of `AGENT_SETTINGS`. Undefined if each value is read from the variable of its own name. */
  readonly given: Agents | undefined
  /** Folder with the files of the secrets that `given` names. */
  readonly secretsFolder: string
  /** Environment variables of the process. */
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Returns the text of a file, or throws. */
  readonly readFile: (path: string) => string
  /** Called with the values of each agent's secrets before the agent is built, so that they are redacted. */
  readonly onSecrets: (secrets: readonly string[]) => void
}

/** What was found for one name: its raw value, a problem, or nothing. */
type Found = { readonly value?: unknown; readonly problem?: string }

/** Creates the function that reads the settings and secrets of agents from the environment of a process. No message contains a secret's value. */
export function createAgentValues(options: AgentValuesOptions): ReadAgentValues {
  const { given, variables, readFile, onSecrets } = options

  return (graph, { settings, secrets }) => {
    const ofGraph = given && (given[graph] ?? { settings: {}, secrets: [] })
    const parsedSettings = parsed(graph, 'setting', settings, (name) =>
      ofGraph ? { value: ofGraph.settings[name] } : { value: variables[name] || undefined },
    )
    const rawSecrets: string[] = []
    const parsedSecrets = parsed(graph, 'secret', secrets, (name) => {
      const found = ofGraph ? mounted(graph, name, ofGraph.secrets) : ofVariable(name)
      if (typeof found.value !== 'string') return found
      rawSecrets.push(found.value)
      return found.value.length < shortestSecret
        ? { problem: `has fewer than ${shortestSecret} characters, so it can't be redacted. Use a longer one.` }
        : found
    })
    onSecrets(rawSecrets)
    return {
      settings: parsedSettings.values,
      secrets: parsedSecrets.values,
      problems: [...parsedSettings.problems, ...parsedSecrets.problems],
      notices: ofGraph
        ? [
            ...superfluous(graph, 'setting', Object.keys(ofGraph.settings), settings),
            ...superfluous(graph, 'secret', ofGraph.secrets, secrets),
          ]
        : [],
    }
  }

  /** Parses every declared value; a value of a variable is text, and is read as JSON if the schema does not accept the text. */
  function parsed(graph: string, kind: 'setting' | 'secret', schemas: ValueSchemas, find: (name: string) => Found) {
    const values: Record<string, unknown> = {}
    const problems: string[] = []
    for (const [name, schema] of Object.entries(schemas)) {
      const at = `the ${kind} ${name} of the agent "${graph}"`
      if (given === undefined && readVariableNames.includes(name)) {
        problems.push(`${at} has the name of a variable of the server. Choose another name.`)
        continue
      }
      const { value, problem } = find(name)
      if (problem !== undefined) {
        problems.push(`${at} ${problem}`)
      } else if (value === undefined && isRequired(schema)) {
        problems.push(
          `${at} is missing. ${given ? `Add it to agents.${graph} of the environment.` : wayOut(kind, name)}`,
        )
      } else {
        const result = given === undefined ? parseText(schema, value) : schema.safeParse(value)
        if (result.success) values[name] = result.data
        else problems.push(`${at} ${invalid(kind, value, result.error)}`)
      }
    }
    return { values, problems }
  }

  function mounted(graph: string, name: string, named: readonly string[]): Found {
    if (!named.includes(name)) return {}
    const path = `${options.secretsFolder}/${agentSecret(graph, name)}`
    return file(path, `Mount the Secret agent-${graph} with this key.`)
  }

  function ofVariable(name: string): Found {
    const path = variables[`${name}_FILE`]
    return path ? file(path, `Correct ${name}_FILE.`) : { value: variables[name] || undefined }
  }

  function file(path: string, remedy: string): Found {
    try {
      const value = readFile(path).trim()
      return value ? { value } : { problem: `is empty in the file ${path}. Write the value into it.` }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      return { problem: `can't be read from the file ${path} (${reason}). ${remedy}` }
    }
  }
}

const wayOut = (kind: 'setting' | 'secret', name: string): string =>
  kind === 'setting'
    ? `Set the environment variable ${name}.`
    : `Set the environment variable ${name}, or ${name}_FILE to a file's path.`

/** Describes a value that its schema rejects. The message of a secret's schema could contain the value, so it is left out. */
function invalid(kind: 'setting' | 'secret', value: unknown, { issues }: z.ZodError): string {
  if (kind === 'secret') return 'is rejected by its schema in the code of the agent. Change the value.'
  return `is ${JSON.stringify(value)}: ${issues.map(({ message }) => message).join('; ')}. Change it.`
}

function parseText(schema: z.ZodType, text: unknown): z.ZodSafeParseResult<unknown> {
  const asText = schema.safeParse(text)
  if (asText.success || typeof text !== 'string') return asText
  try {
    const asJson = schema.safeParse(JSON.parse(text))
    return asJson.success ? asJson : asText
  } catch {
    return asText
  }
}

function superfluous(graph: string, kind: string, names: readonly string[], schemas: ValueSchemas): string[] {
  const declared = Object.keys(schemas)
  return names
    .filter((name) => !declared.includes(name))
    .map((name) => {
      const near = nearestName(name, declared)
      return `The ${kind} ${name} has no effect: the agent "${graph}" does not declare it.${near ? ` Did you mean ${near}?` : ''}`
    })
}

import process from 'node:process'
import { readVariableNames } from '@hadal/platform/read-variable-names'

/** Values that the command reads from its process environment. Only this file reads it. */
export interface ProcessEnvironment {
  /** Value of `MODEL_DEFAULT`, if set. */
  readonly defaultModel: string | undefined
  /** Value of `HADAL_API_KEY`, which `hadal approvals` sends to a server as `x-api-key`; undefined if it is not set. */
  readonly apiKey: string | undefined
  readonly anthropicKey: boolean
  readonly openaiKey: boolean
  /** Whether colours are allowed on a terminal: neither `NO_COLOR` (https://no-color.org) nor `TERM=dumb` is set. */
  readonly colour: boolean
  /** Environment of child processes, without the agent server's variables except those of models, tracing, batch files and sandboxes. */
  readonly forChildren: Readonly<Record<string, string | undefined>>
}

const kept =
  /^(ANTHROPIC_|OPENAI_|AZURE_OPENAI_|GOOGLE_|BEDROCK_|ENCRYPTION_KEY|MODEL_|LANGSMITH_|LANGCHAIN_|SANDBOX|BATCH_FOLDER$)/

/**
 * Returns the variables without those of the agent server, except those of models, tracing, batch files and sandboxes. A DATABASE_URL_FILE from the
 * user's shell would take precedence over the DATABASE_URL that the command sets.
 */
export const withoutServers = (
  variables: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => kept.test(name) || !readVariableNames.includes(name)))

export function readProcessEnvironment(): ProcessEnvironment {
  const environment = process.env
  const given = (name: string): boolean => Boolean(environment[name] || environment[`${name}_FILE`])
  return {
    defaultModel: environment.MODEL_DEFAULT || undefined,
    apiKey: environment.HADAL_API_KEY || undefined,
    anthropicKey: given('ANTHROPIC_API_KEY') || given('ANTHROPIC_API_KEY_ENCRYPTED'),
    openaiKey: given('OPENAI_API_KEY') || given('OPENAI_API_KEY_ENCRYPTED'),
    colour: !environment.NO_COLOR && environment.TERM !== 'dumb',
    forChildren: withoutServers(environment),
  }
}

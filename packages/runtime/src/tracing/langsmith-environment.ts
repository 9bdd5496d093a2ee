import type { ContainerVariables } from '@hadal/platform/container-variables'
import { LANGCHAIN_ALIASES, TRACING_SWITCHES } from '@hadal/platform/variable-aliases'

/**
 * The process's environment variables that LangChain itself reads to trace to LangSmith; undefined for a variable that must not be set. LangChain
 * traces if any of its four switches is `true`, so only `LANGSMITH_TRACING` remains.
 */
export function langSmithEnvironment(variables: ContainerVariables): Readonly<Record<string, string | undefined>> {
  const aliases = [...TRACING_SWITCHES, ...LANGCHAIN_ALIASES.map(({ alias }) => alias), 'LANGCHAIN_API_KEY_FILE']
  return {
    ...Object.fromEntries(aliases.map((name) => [name, undefined])),
    LANGSMITH_TRACING: String(variables.LANGSMITH_TRACING),
    // The key may have come from a file, which LangChain does not read.
    LANGSMITH_API_KEY: variables.LANGSMITH_API_KEY,
    LANGSMITH_PROJECT: variables.LANGSMITH_PROJECT,
    LANGSMITH_ENDPOINT: variables.LANGSMITH_ENDPOINT,
  }
}

import { PROVIDER_KEY_VARIABLES } from './container-variables.ts'

/**
 * Switches of LangSmith's tracing besides `LANGSMITH_TRACING`, which LangChain also reads. Tracing is on only if at least one switch is `true` and
 * none is `false`.
 */
export const TRACING_SWITCHES = ['LANGCHAIN_TRACING_V2', 'LANGCHAIN_TRACING', 'LANGSMITH_TRACING_V2'] as const

/** LangChain's older names for the variables of LangSmith, and the server's names for them. */
export const LANGCHAIN_ALIASES = [
  { alias: 'LANGCHAIN_API_KEY', name: 'LANGSMITH_API_KEY' },
  { alias: 'LANGCHAIN_PROJECT', name: 'LANGSMITH_PROJECT' },
  { alias: 'LANGCHAIN_ENDPOINT', name: 'LANGSMITH_ENDPOINT' },
] as const
export type LangChainAlias = (typeof LANGCHAIN_ALIASES)[number]

/** The production guide's variables for the address of Redis, which stand for `REDIS_URL`. */
export const REDIS_PART_VARIABLES = ['REDIS_HOST', 'REDIS_PORT', 'REDIS_PASSWORD'] as const

/** Aliases that hold a secret. Like the server's own secrets, each may also come from a file that `NAME_FILE` names. */
export type SecretAlias =
  | 'LANGCHAIN_API_KEY'
  | 'REDIS_PASSWORD'
  | `${(typeof PROVIDER_KEY_VARIABLES)[number]}_ENCRYPTED`

/** The names of all variables that are aliases of a variable of the server, including the `_FILE` variables of secrets. */
export const aliasNames: readonly string[] = [
  ...TRACING_SWITCHES,
  ...LANGCHAIN_ALIASES.map(({ alias }) => alias),
  'LANGCHAIN_API_KEY_FILE',
  ...REDIS_PART_VARIABLES,
  'REDIS_PASSWORD_FILE',
  ...PROVIDER_KEY_VARIABLES.flatMap((name) => [`${name}_ENCRYPTED`, `${name}_ENCRYPTED_FILE`]),
]

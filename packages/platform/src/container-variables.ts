import { z } from 'zod'

/**
 * The variables of an agent server's process, as one schema with two users: charts write them ({@link WrittenVariables}),
 * the runtime parses them ({@link ContainerVariables}). A variable that one side lacks does not compile.
 *
 * Every value is a string where it is written. Units stand in the names.
 */

/**
 * The variables that bear a secret. Each is read from the file that `NAME_FILE` names (its content, trimmed) and, without that, from
 * `NAME` itself. Their values never appear in a message, a log or a metric.
 */
export const SECRET_VARIABLES = [
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'DATABASE_READ_URL',
  'REDIS_URL',
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'ENCRYPTION_KEY',
  'LANGSMITH_API_KEY',
] as const
export type SecretVariable = (typeof SECRET_VARIABLES)[number]
/** The variable that names the file of a secret. */
export type SecretFileVariable = `${SecretVariable}_FILE`

/** A whole number within bounds, written in decimal digits. */
const wholeNumber = (standard: string, least: number, most: number, unit?: string) => {
  const allowed = `Allowed is a whole number${unit ? ` of ${unit}` : ''} from ${least} to ${most}`
  return z
    .string()
    .default(standard)
    .transform((text) => (/^\d{1,15}$/.test(text) ? Number(text) : Number.NaN))
    .pipe(z.number(allowed).min(least, allowed).max(most, allowed))
}

const oneOf = <const Choice extends readonly [string, ...string[]]>(choices: Choice, standard: Choice[number]) =>
  z
    .string()
    .default(standard)
    .pipe(z.enum(choices, `Allowed is ${choices.map((choice) => `"${choice}"`).join(', ')}`))

const flag = (standard: 'true' | 'false') => oneOf(['true', 'false'], standard).transform((text) => text === 'true')

const address = (schemes: readonly string[]) => {
  const allowed = `Allowed is an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`
  return z.string().refine((text) => {
    if (!URL.canParse(text)) return false
    return schemes.some((scheme) => new URL(text).protocol === `${scheme}:`)
  }, allowed)
}

const databaseAddress = address(['postgres', 'postgresql'])

export const ContainerVariables = z.object({
  /** What queries use: a server or a pooler, in transaction mode if need be. */
  DATABASE_URL: databaseAddress,
  /** The server itself, for what a pooler breaks: LISTEN, session locks, migrations. Without it, `DATABASE_URL`. */
  DATABASE_DIRECT_URL: databaseAddress.optional(),
  /** Replicas, for reads that may lag. Without it, `DATABASE_URL`. */
  DATABASE_READ_URL: databaseAddress.optional(),
  REDIS_URL: address(['redis', 'rediss']).optional(),
  ANTHROPIC_API_KEY: z.string().optional(),
  OPENAI_API_KEY: z.string().optional(),
  ENCRYPTION_KEY: z.string().optional(),
  LANGSMITH_API_KEY: z.string().optional(),

  /** `api` answers requests, `worker` runs agents, `all` does both. */
  ROLE: oneOf(['all', 'api', 'worker'], 'all'),
  /** The one address to listen on, such as `127.0.0.1` on a person's own machine. Without it, all of the host's. */
  HOST: z.string().optional(),
  /** 0 takes a free port. */
  PORT: wholeNumber('8000', 0, 65_535),
  /** A port of its own, which no route reaches. 0 takes a free port. */
  METRICS_PORT: wholeNumber('9090', 0, 65_535),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent'], 'info'),
  /** Path of the langgraph.json that names the graphs, absolute or from the working directory. */
  AGENTS_CONFIG: z.string().default('langgraph.json'),
  /** A folder of Markdown or text files that agents may search and read. Without it, what the image says. */
  DOCUMENTS_FOLDER: z.string().optional(),

  /** Connections kept open while idle. The guide's five pool settings, of which the first is this. */
  DATABASE_POOL_SIZE: wholeNumber('10', 1, 1_000, 'connections'),
  /** Connections above the size that may open under load, and close when idle. Size and overflow are the most a process ever holds, the queue's included; one direct connection that listens comes on top. */
  DATABASE_POOL_OVERFLOW: wholeNumber('20', 0, 1_000, 'connections'),
  /** How long a query waits for a connection before it fails. */
  DATABASE_POOL_TIMEOUT_SECONDS: wholeNumber('30', 1, 600, 'seconds'),
  /** A connection older than this is closed instead of used again. */
  DATABASE_POOL_RECYCLE_SECONDS: wholeNumber('1800', 1, 86_400, 'seconds'),
  /** Whether an idle connection is asked for a sign of life before it is used. */
  DATABASE_POOL_PRE_PING: flag('true'),
  /** A statement that takes longer is ended: a half-open connection would hang for ever. */
  DATABASE_STATEMENT_TIMEOUT_SECONDS: wholeNumber('30', 1, 3_600, 'seconds'),

  /** Runs that one process works on at the same time. */
  WORKER_CONCURRENCY: wholeNumber('10', 1, 1_000, 'runs'),
  /** Steps (supersteps of a graph) that a run may take, whatever its client asks for. deepagents' own limit is 10,000. */
  RUN_LIMIT_STEPS: wholeNumber('1000', 1, 10_000, 'steps'),
  /** Time that a run may take, from its first start, restarts and waiting for them included. */
  RUN_LIMIT_SECONDS: wholeNumber('3600', 1, 604_800, 'seconds'),
  BODY_LIMIT_BYTES: wholeNumber('4194304', 1_024, 1_073_741_824, 'bytes'),

  /** From SIGTERM to the end of the process at the latest. A pod's grace period is longer than this. */
  DRAIN_SECONDS: wholeNumber('60', 1, 86_400, 'seconds'),
  /** From SIGTERM on, requests are answered for at least this long, while load balancers learn that the pod goes. Part of `DRAIN_SECONDS`. */
  DRAIN_SERVE_SECONDS: wholeNumber('5', 0, 600, 'seconds'),

  /** Whether runs are traced to LangSmith; read by LangChain itself, like the next. */
  LANGSMITH_TRACING: flag('false'),
  LANGSMITH_PROJECT: z.string().optional(),
})
/** What the runtime works with: parsed values, secrets resolved. */
export type ContainerVariables = z.output<typeof ContainerVariables>

/** A variable that bears no secret. */
export type SettingVariable = Exclude<keyof ContainerVariables, SecretVariable>

/**
 * What a chart writes: every variable by name, `undefined` where the container shall not have it (the default then holds). Secrets are
 * written as paths of mounted files, never as values. Use it with `satisfies`: a variable that is missing or unknown does not compile.
 */
export type WrittenVariables = Readonly<Record<SettingVariable | SecretFileVariable, string | undefined>>

/** The variables that are read at all, secrets by value and by file, for a check of what is written. */
export const readVariableNames: readonly string[] = [
  ...Object.keys(ContainerVariables.shape),
  ...SECRET_VARIABLES.map((name): SecretFileVariable => `${name}_FILE`),
]

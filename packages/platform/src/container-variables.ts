import { z } from 'zod'
import { ModelName, ModelRouting } from './schema/models.ts'

/**
 * The variables of an agent server's process, as one schema with two users: charts write them ({@link SettingVariable}),
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

/** A number of US dollars above 0, in decimal digits. */
const dollars = () => {
  const allowed = 'Allowed is a number of US dollars above 0'
  return z
    .string()
    .transform((text) => (/^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN))
    .pipe(z.number(allowed).positive(allowed))
    .optional()
}

/** A whole number of tokens above 0. */
const tokens = () => {
  const allowed = 'Allowed is a whole number of tokens above 0'
  return z
    .string()
    .transform((text) => (/^\d{1,15}$/.test(text) ? Number(text) : Number.NaN))
    .pipe(z.number(allowed).positive(allowed))
    .optional()
}

/** A number from 0 to 1. */
const share = (standard: string) => {
  const allowed = 'Allowed is a number from 0 to 1'
  return z
    .string()
    .default(standard)
    .transform((text) => (/^\d(\.\d{1,18})?(e-\d{1,3})?$/.test(text) ? Number(text) : Number.NaN))
    .pipe(z.number(allowed).max(1, allowed))
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
  /** Fernet keys that open the providers' keys, the newest first, apart by commas or lines. */
  ENCRYPTION_KEY: z.string().optional(),
  LANGSMITH_API_KEY: z.string().optional(),

  /** Whether the providers' keys above must be Fernet tokens. With `plain` they may be. */
  PROVIDER_KEYS: oneOf(['encrypted', 'plain'], 'plain'),

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

  /** `verify`: no connection to the database without a certificate that was checked, its name too. `off`: whatever the address asks for. */
  DATABASE_TLS: oneOf(['verify', 'off'], 'off'),
  /** The authority that signed the database's certificate, as PEM. Without it, those that Node knows. Read anew for each connection. */
  DATABASE_CA_FILE: z.string().optional(),
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
  /** Maximum of resident memory, in MiB, of the child process that runs a suspect. Beyond it the child process is killed. */
  SUSPECT_MEMORY_MEBIBYTES: wholeNumber('768', 64, 1_048_576, 'mebibytes'),
  /** Steps (supersteps of a graph) that a run may take, whatever its client asks for. deepagents' own limit is 10,000. */
  RUN_LIMIT_STEPS: wholeNumber('1000', 1, 10_000, 'steps'),
  /** Time that a run may take, from its first start, restarts and waiting for them included. */
  RUN_LIMIT_SECONDS: wholeNumber('3600', 1, 604_800, 'seconds'),
  BODY_LIMIT_BYTES: wholeNumber('4194304', 1_024, 1_073_741_824, 'bytes'),

  /** Whether `REDIS_URL` names one server or the first to ask of a cluster. */
  REDIS_MODE: oneOf(['standalone', 'cluster'], 'standalone'),
  /** `verify`: no Redis but by `rediss://`. The certificate behind such an address is verified in any case, its name too. */
  REDIS_TLS: oneOf(['verify', 'off'], 'off'),
  /** The authority that signed Redis' certificate, as PEM. Without it, those that Node knows. Read once. */
  REDIS_CA_FILE: z.string().optional(),
  /** How long a command may take; then Redis counts as away, and is left alone for some seconds. */
  REDIS_TIMEOUT_MILLISECONDS: wholeNumber('100', 10, 10_000, 'milliseconds'),
  /** How long answers of models are kept in Redis; 0 keeps none. */
  CACHE_TTL_SECONDS: wholeNumber('0', 0, 604_800, 'seconds'),
  /** Requests of one caller and model calls of one run that flow in; 0 for no limit. */
  REQUEST_LIMIT_PER_MINUTE: wholeNumber('0', 0, 1_000_000, 'requests'),
  /** Requests that a quiet caller, and model calls that a quiet run, may make at once. */
  REQUEST_LIMIT_BURST: wholeNumber('60', 1, 1_000_000, 'requests'),
  /**
   * Proxies in front of the server, each of which adds to `X-Forwarded-For` whom it heard. So many entries from the right are believed; what
   * stands further left, its client may have made up. With 0 a caller is whoever opened the connection.
   */
  TRUSTED_PROXIES: wholeNumber('0', 0, 10, 'proxies'),

  /** Tokens of a session (thread) from which it is warned about, once. */
  BUDGET_WARN_SESSION_TOKENS: wholeNumber('100000', 1, 999_999_999_999_999, 'tokens'),
  /** The most that a run, a thread, and all runs of a tenant in a day (UTC) may use, in tokens and in US dollars. Without it, no bound. */
  BUDGET_RUN_TOKENS: tokens(),
  BUDGET_RUN_USD: dollars(),
  BUDGET_THREAD_TOKENS: tokens(),
  BUDGET_THREAD_USD: dollars(),
  BUDGET_TENANT_DAY_TOKENS: tokens(),
  BUDGET_TENANT_DAY_USD: dollars(),

  /** What becomes of injected instructions in what people send and tools bring; `off` does not look for them. */
  VALIDATION: oneOf(['block', 'flag', 'off'], 'block'),

  /** Whether agents ask before dangerous calls. What was asked before still waits for its answer. */
  APPROVALS_ENABLED: flag('true'),
  /** How long a question can be answered; then it counts as rejected. */
  APPROVAL_EXPIRY_SECONDS: wholeNumber('86400', 1, 2_592_000, 'seconds'),

  /** The model of every agent that names none: `<provider>:<model id>`. Without it, one of the provider whose key is there. */
  MODEL_DEFAULT: ModelName.optional(),
  /** Asked in this order when a model doesn't answer; apart by commas. */
  MODEL_FALLBACKS: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((name) => name.trim() || []))
    .pipe(z.array(ModelName)),
  /** Which model answers by how complex a request is, as JSON. Without it, every request goes to the default. */
  MODEL_ROUTING: z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        context.addIssue('Allowed is JSON such as {"simple": …, "standard": …, "complex": …}')
        return z.NEVER
      }
    })
    .pipe(ModelRouting)
    .optional(),
  /** Another address that speaks Anthropic's API. */
  ANTHROPIC_BASE_URL: address(['http', 'https']).optional(),
  /** Another address that speaks OpenAI's API; it ends in `/v1`. */
  OPENAI_BASE_URL: address(['http', 'https']).optional(),
  /** Which of OpenAI's APIs is spoken. Without it, Responses to OpenAI itself, and Chat Completions to another address. */
  OPENAI_API: z.enum(['responses', 'chat-completions'], 'Allowed is "responses", "chat-completions"').optional(),
  /** How long a model may take until its answer begins. Some think long before. */
  MODEL_FIRST_BYTE_SECONDS: wholeNumber('120', 1, 3_600, 'seconds'),
  /** How long an answer that has begun may pause. */
  MODEL_IDLE_SECONDS: wholeNumber('120', 1, 3_600, 'seconds'),
  /** How long one answer may take, and how long after the first try another may begin. */
  MODEL_CALL_SECONDS: wholeNumber('600', 1, 3_600, 'seconds'),

  /** Where commands of agents run whose backend is `sandbox`. `docker` is for development: the engine's socket is worth a root login. */
  SANDBOX: oneOf(['none', 'docker', 'agent-sandbox'], 'none'),
  /** How long one command may take. */
  SANDBOX_COMMAND_SECONDS: wholeNumber('120', 1, 3_600, 'seconds'),
  /** A sandbox that was not used for so long is removed, with its files. */
  SANDBOX_IDLE_SECONDS: wholeNumber('900', 60, 86_400, 'seconds'),
  /** How long a sandbox may take to become ready. */
  SANDBOX_READY_SECONDS: wholeNumber('60', 1, 600, 'seconds'),
  /** Of `agent-sandbox`: where claims are made. */
  SANDBOX_NAMESPACE: z.string().optional(),
  /** Of `agent-sandbox`: the SandboxWarmPool that claims are made on. */
  SANDBOX_WARM_POOL: z.string().default('sandbox'),
  /** Of `agent-sandbox`: a folder with `token` and `ca.crt`, for the Kubernetes API. */
  SANDBOX_CREDENTIALS: z.string().default('/run/secrets/sandbox-claims'),
  /** Of `agent-sandbox`: the Kubernetes API. */
  SANDBOX_API_URL: address(['https']).default('https://kubernetes.default.svc'),
  /** Of `docker`: the engine's unix socket. */
  SANDBOX_DOCKER_SOCKET: z.string().default('/var/run/docker.sock'),
  /** Of `docker`: an image that is on the engine, with a POSIX shell and its usual tools. */
  SANDBOX_IMAGE: z.string().optional(),
  /** A folder on a volume that all replicas share, for agents whose backend is `batch`. */
  BATCH_FOLDER: z.string().optional(),

  /** From SIGTERM to the end of the process at the latest. A pod's grace period is longer than this. */
  DRAIN_SECONDS: wholeNumber('60', 1, 86_400, 'seconds'),
  /** From SIGTERM on, requests are answered for at least this long, while load balancers learn that the pod goes. Part of `DRAIN_SECONDS`. */
  DRAIN_SERVE_SECONDS: wholeNumber('5', 0, 600, 'seconds'),

  /** Whether runs are traced to LangSmith; read by LangChain itself, like the next. */
  LANGSMITH_TRACING: flag('false'),
  LANGSMITH_PROJECT: z.string().optional(),
  /** LangSmith's address, where it is not the usual one. */
  LANGSMITH_ENDPOINT: address(['http', 'https']).optional(),
  /** Where traces go by OTLP over HTTP: its address without `/v1/traces`. Without it there are none. */
  OTEL_EXPORTER_OTLP_ENDPOINT: address(['http', 'https']).optional(),
  /** The share of traces that is recorded, where the caller has not decided it. */
  OTEL_TRACES_SAMPLER_ARG: share('0.1'),
})
/** What the runtime works with: parsed values, secrets resolved. */
export type ContainerVariables = z.output<typeof ContainerVariables>

/** A variable that holds no secret. Charts write each of them, or `undefined` for the default, with `satisfies`: a missing or unknown variable does not compile. */
export type SettingVariable = Exclude<keyof ContainerVariables, SecretVariable>

/** The variables that are read at all, secrets by value and by file, for a check of what is written. */
export const readVariableNames: readonly string[] = [
  ...Object.keys(ContainerVariables.shape),
  ...SECRET_VARIABLES.map((name): SecretFileVariable => `${name}_FILE`),
]

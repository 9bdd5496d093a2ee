import { z } from 'zod'
import { Access } from './schema/access.ts'
import { Agents } from './schema/agent-values.ts'
import { CloudProviders, ModelPackages } from './schema/model-providers.ts'
import { ModelName, ModelPrices, ModelRouting } from './schema/models.ts'
import { WebOrigin } from './schema/scalars.ts'
import { address, dollars, flag, json, oneOf, share, tokens, wholeNumber } from './variable-schemas.ts'

/**
 * The environment variables of an agent server's process, as one schema with two users: charts write them ({@link SettingVariable}),
 * and the runtime parses them ({@link ContainerVariables}). A variable that is missing on one side is a compile error.
 *
 * Every value is written as a string. Names include the unit.
 */

/** The variables with the API key of a model provider, as plain text or as a Fernet token. */
export const PROVIDER_KEY_VARIABLES = [
  'ANTHROPIC_API_KEY',
  'OPENAI_API_KEY',
  'AZURE_OPENAI_API_KEY',
  'GOOGLE_GENAI_API_KEY',
  'GOOGLE_VERTEXAI_API_KEY',
  'BEDROCK_API_KEY',
  'MODEL_PACKAGE_KEYS',
] as const

/**
 * The variables that hold a secret. Each is read from the file that `NAME_FILE` names (its content, trimmed), or from `NAME` if
 * `NAME_FILE` is not set. Their values never appear in a message, a log or a metric.
 */
export const SECRET_VARIABLES = [
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'DATABASE_READ_URL',
  'DATABASE_LOOPS_URL',
  'DATABASE_OWNER_URL',
  'REDIS_URL',
  ...PROVIDER_KEY_VARIABLES,
  'ENCRYPTION_KEY',
  'LANGSMITH_API_KEY',
  'BACKUP_ACCESS_KEY_ID',
  'BACKUP_SECRET_ACCESS_KEY',
  'BACKUP_IDENTITY',
] as const
export type SecretVariable = (typeof SECRET_VARIABLES)[number]

/** Name of the variable that holds the path of a secret's file. */
export type SecretFileVariable = `${SecretVariable}_FILE`

const databaseAddress = address(['postgres', 'postgresql'])

/** Items of a text that are separated by commas, without empty ones. */
const listed = (text: string): string[] => text.split(',').flatMap((item) => item.trim() || [])

const modelName = z
  .string()
  .refine(
    (name) => ModelName.safeParse(name).success,
    'Must be "<provider>:<model id>", e.g. "anthropic:claude-sonnet-5"',
  )

export const ContainerVariables = z.object({
  /** Address of the database for queries: a server, or a pooler, which may be in transaction mode. */
  DATABASE_URL: databaseAddress,
  /** Address of the database server without a pooler, for LISTEN, session locks and migrations. Default: `DATABASE_URL`. */
  DATABASE_DIRECT_URL: databaseAddress.optional(),
  /** Address of the read replicas, for searches, lists and histories that may lag. Default: `DATABASE_URL`. */
  DATABASE_READ_URL: databaseAddress.optional(),
  /**
   * Address of the database for the loops that serve all tenants, such as claims and expiry, with a role of its own. Default: `DATABASE_URL`, whose role
   * must then own the tables.
   */
  DATABASE_LOOPS_URL: databaseAddress.optional(),
  /** Address of the database for migrations, with the role that owns the tables. Default: `DATABASE_DIRECT_URL`, or else `DATABASE_URL`. */
  DATABASE_OWNER_URL: databaseAddress.optional(),
  REDIS_URL: address(['redis', 'rediss']).optional(),
  ANTHROPIC_API_KEY: z.string().optional(),
  OPENAI_API_KEY: z.string().optional(),
  AZURE_OPENAI_API_KEY: z.string().optional(),
  GOOGLE_GENAI_API_KEY: z.string().optional(),
  /** JSON key of a Google service account. Default: the credentials of the machine or the pod. */
  GOOGLE_VERTEXAI_API_KEY: z.string().optional(),
  /** API key of Bedrock, or `<access key id>:<secret access key>`. Default: the credentials of the machine or the pod. */
  BEDROCK_API_KEY: z.string().optional(),
  /** Keys of the providers in `MODEL_PACKAGES`, as JSON: `{"mistralai": "…"}`. */
  MODEL_PACKAGE_KEYS: z.string().optional(),
  /** Fernet keys that decrypt the providers' keys and from which the keys of stored data are derived, newest first, separated by commas or line breaks. */
  ENCRYPTION_KEY: z.string().optional(),
  LANGSMITH_API_KEY: z.string().optional(),
  /** Access key of the storage for backups. Default: the credentials of the machine or the pod. */
  BACKUP_ACCESS_KEY_ID: z.string().optional(),
  /** Secret key of the storage for backups. Required with `BACKUP_ACCESS_KEY_ID`. */
  BACKUP_SECRET_ACCESS_KEY: z.string().optional(),
  /** age identities (`AGE-SECRET-KEY-1…`) that decrypt backups, separated by commas or line breaks. Only restores and drills need it. */
  BACKUP_IDENTITY: z.string().optional(),

  /** Form of the model providers' API keys. `encrypted`: they must be Fernet tokens. `plain`: they may be tokens or plain text. */
  PROVIDER_KEYS: oneOf(['encrypted', 'plain'], 'plain'),

  /** Role of the server process: `api` answers requests, `worker` executes runs, `all` does both. */
  ROLE: oneOf(['all', 'api', 'worker'], 'all'),
  /** Address on which the API listens, e.g. `127.0.0.1` on a developer's machine. Default: all addresses of the host. */
  HOST: z.string().optional(),
  /** Port of the server's API. 0 chooses a free port. */
  PORT: wholeNumber('8000', 0, 65_535),
  /** Port of the server's metrics. It is separate from the API's port, so that no route exposes it. 0 chooses a free port. */
  METRICS_PORT: wholeNumber('9090', 0, 65_535),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent'], 'info'),
  /** Path of the langgraph.json that names the server's graphs, absolute or relative to the working directory. */
  AGENTS_CONFIG: z.string().default('langgraph.json'),
  /**
   * Settings of the agents and names of their secrets, as JSON: the field `agents` of the environment. Default: every setting and secret is read
   * from the variable of its own name, as on a developer's machine.
   */
  AGENT_SETTINGS: json('Must be JSON such as {"researcher": {"settings": {…}, "secrets": […]}}')
    .pipe(Agents)
    .optional(),
  /** Folder with the agents' secrets, in files `agent-<graph>/<NAME>`. It is read for the secrets that `AGENT_SETTINGS` names. */
  AGENT_SECRETS_FOLDER: z.string().default('/run/secrets'),
  /** A folder of Markdown or text files that agents may search and read. Default: the folder that the image sets. */
  DOCUMENTS_FOLDER: z.string().optional(),

  /**
   * TLS of database connections. `verify`: every connection verifies the server's certificate and host name. `off`: the parameters of the
   * address decide.
   */
  DATABASE_TLS: oneOf(['verify', 'off'], 'off'),
  /** CA file (PEM) for the database's certificate. Default: the authorities that Node trusts. Read again for each connection. */
  DATABASE_CA_FILE: z.string().optional(),
  /**
   * Number of database connections that the pool keeps open while idle. This variable and the next four are the production guide's five pool
   * settings.
   */
  DATABASE_POOL_SIZE: wholeNumber('10', 1, 1_000, 'connections'),
  /**
   * Additional database connections that the pool may open under load and closes when idle. Size plus overflow is the maximum of one process,
   * including the queue's connections and excluding its one listening connection.
   */
  DATABASE_POOL_OVERFLOW: wholeNumber('20', 0, 1_000, 'connections'),
  /** Maximum time that a query waits for a connection of the pool. */
  DATABASE_POOL_TIMEOUT_SECONDS: wholeNumber('30', 1, 600, 'seconds'),
  /** Maximum age of a database connection. The pool closes an older one instead of reusing it. */
  DATABASE_POOL_RECYCLE_SECONDS: wholeNumber('1800', 1, 86_400, 'seconds'),
  /** Whether the pool tests an idle database connection before it is used. */
  DATABASE_POOL_PRE_PING: flag('true'),
  /**
   * Whether statements that are used often are prepared once on each connection of the pool. `auto`: only if no connection pooler is between this
   * process and PostgreSQL. `on` requires PostgreSQL itself or a pooler that supports them, such as PgBouncer since 1.21 with
   * `max_prepared_statements` of at least 200.
   */
  DATABASE_PREPARED_STATEMENTS: oneOf(['auto', 'on', 'off'], 'auto'),
  /** Maximum duration of a database statement. Without a limit, a statement on a half-open connection would never return. */
  DATABASE_STATEMENT_TIMEOUT_SECONDS: wholeNumber('30', 1, 3_600, 'seconds'),
  /**
   * Maximum lag of a replica that answers a read. A search or a count may lack the writes of this time; a list of runs or a history has all writes
   * to its thread. The primary answers while the replicas lag further.
   */
  DATABASE_READ_LAG_SECONDS: wholeNumber('10', 1, 3_600, 'seconds'),

  /** Age from which checkpoints that no longer continue their thread are removed; 0 keeps them. */
  CHECKPOINT_RETENTION_DAYS: wholeNumber('0', 0, 3_650, 'days'),
  /** Whether an idle thread keeps only the checkpoints that continue it; the others are removed at any age. */
  CHECKPOINT_KEEP_LATEST: flag('false'),
  /** Number of a thread's last turns whose first checkpoint is kept. */
  CHECKPOINT_KEEP_TURNS: wholeNumber('2', 0, 100, 'turns'),
  /** Time without use after which `THREAD_TTL_STRATEGY` applies to a thread; 0: `checkpointer.ttl` of langgraph.json decides. */
  THREAD_TTL_MINUTES: wholeNumber('0', 0, 5_256_000, 'minutes'),
  /** What happens to a thread without use: `delete` removes it, `keep_latest` removes the checkpoints that don't continue it. */
  THREAD_TTL_STRATEGY: oneOf(['delete', 'keep_latest'], 'delete'),
  /** How long the events of a run are kept after its thread came to rest; 0 keeps them until the thread is deleted. */
  EVENT_RETENTION_MINUTES: wholeNumber('60', 0, 5_256_000, 'minutes'),
  /** Age from which whole months of the audit are removed by `hadal-runtime migrate` and `hadal-runtime backup`; 0 keeps them. */
  AUDIT_RETENTION_DAYS: wholeNumber('0', 0, 3_650, 'days'),

  /** Where backups and the log of deletions are: `file:///<folder>` or `s3://<bucket>/<prefix>`. Without it, no backup is taken and no deletion is logged. */
  BACKUP_TARGET: address(['file', 's3']).optional(),
  /** Address of S3-compatible storage, such as `https://storage.example.com`. Default: AWS. */
  BACKUP_ENDPOINT: address(['http', 'https']).optional(),
  BACKUP_REGION: z.string().default('us-east-1'),
  /** age recipients (`age1…`) that can decrypt backups, separated by commas. Default: backups are not encrypted. */
  BACKUP_RECIPIENTS: z.string().default('').transform(listed),
  /** Age from which backups are removed. The newest backup stays. */
  BACKUP_RETENTION_DAYS: wholeNumber('35', 1, 3_650, 'days'),
  /** Address of the scratch PostgreSQL server of a restore drill, with a role that may create databases. */
  DRILL_DATABASE_URL: databaseAddress.optional(),
  /** Name of the database and the time to which it was recovered, `<name>@<time>`: the migration settles the recovery once, before a server uses the database. */
  DATABASE_RECOVERY: z.string().optional(),

  /**
   * How callers of the API sign in, as JSON: the field `access` of the environment without its `destination`. Default: without sign-in, which a server
   * accepts only if `HOST` is a loopback address. Elsewhere `{"kind": "open"}` must be set.
   */
  ACCESS: json('Must be JSON such as {"kind": "api-keys"}').pipe(Access).default({ kind: 'open' }),
  /** Whether the contents of threads, runs and items are stored encrypted. `required`: with the first key of `ENCRYPTION_KEY`, without which no server starts. */
  ENCRYPTION: oneOf(['off', 'required'], 'off'),

  /** Maximum number of runs that one process executes at the same time. */
  WORKER_CONCURRENCY: wholeNumber('10', 1, 1_000, 'runs'),
  /** Maximum of resident memory, in MiB, of the child process that runs a suspect. Beyond it the child process is killed. */
  SUSPECT_MEMORY_MEBIBYTES: wholeNumber('768', 64, 1_048_576, 'mebibytes'),
  /** Maximum number of steps (supersteps of a graph) of a run. A client can't raise it. deepagents' own limit is 10,000. */
  RUN_LIMIT_STEPS: wholeNumber('1000', 1, 10_000, 'steps'),
  /** Maximum duration of a run since its first start, including restarts and the waiting between them. */
  RUN_LIMIT_SECONDS: wholeNumber('3600', 1, 604_800, 'seconds'),
  /** Maximum size of the body of an API request. */
  BODY_LIMIT_BYTES: wholeNumber('4194304', 1_024, 1_073_741_824, 'bytes'),
  /** Maximum size of the metadata of a thread, a run or an assistant, as JSON. */
  METADATA_LIMIT_BYTES: wholeNumber('1048576', 1_024, 104_857_600, 'bytes'),
  /** Maximum size of an event that a run streams, as JSON. A run with a larger one ends with an error. */
  EVENT_LIMIT_BYTES: wholeNumber('134217728', 65_536, 268_435_456, 'bytes'),
  /** Maximum number of runs of a tenant that all workers execute at the same time; 0 for no limit. Further runs wait. */
  TENANT_LIMIT_RUNNING: wholeNumber('0', 0, 1_000_000, 'runs'),
  /** Maximum number of runs of a user that all workers execute at the same time; 0 for no limit. Further runs wait. */
  USER_LIMIT_RUNNING: wholeNumber('0', 0, 1_000_000, 'runs'),
  /** Maximum number of waiting runs of a tenant, also of those that are scheduled for later; 0 for no limit. Further runs are refused with 429. */
  TENANT_LIMIT_WAITING: wholeNumber('0', 0, 1_000_000, 'runs'),
  /** Maximum number of waiting runs of a user; 0 for no limit. Further runs are refused with 429. */
  USER_LIMIT_WAITING: wholeNumber('0', 0, 1_000_000, 'runs'),
  /** Maximum number of open streams and waits of a tenant on one process; 0 for no limit. Further ones are refused with 429. */
  TENANT_LIMIT_STREAMS: wholeNumber('0', 0, 1_000_000, 'streams'),
  /** Maximum number of open streams and waits of a user on one process; 0 for no limit. Further ones are refused with 429. */
  USER_LIMIT_STREAMS: wholeNumber('0', 0, 1_000_000, 'streams'),
  /**
   * Origins of web pages whose scripts may call the API (CORS), separated by commas, such as `https://app.example.com`. `*` in place of the port allows
   * every port, and `*` alone every origin. The origins in `http.cors` of langgraph.json are allowed too.
   */
  CORS_ALLOW_ORIGINS: z.string().default('').transform(listed).pipe(z.array(WebOrigin)),
  /**
   * Host names by which clients may call the API, separated by commas. Requests with another host name are then refused, and so are those of web pages
   * whose origin is not allowed and bodies that are not `application/json`: this protects a server without sign-in on a developer's machine. Default:
   * any host name. With a loopback address as `HOST`, and without sign-in or with `serve --studio`, the names of the loopback addresses are always in
   * the list.
   */
  ALLOWED_HOSTS: z.string().default('').transform(listed),

  /** Whether `REDIS_URL` names a single server or a node of a cluster, from which the client discovers the others. */
  REDIS_MODE: oneOf(['standalone', 'cluster'], 'standalone'),
  /**
   * TLS of Redis connections. `verify`: `REDIS_URL` must begin with `rediss://`. The certificate and host name behind such an address are
   * always verified.
   */
  REDIS_TLS: oneOf(['verify', 'off'], 'off'),
  /** CA file (PEM) for the certificate of Redis. Default: the authorities that Node trusts. Read once, at the start. */
  REDIS_CA_FILE: z.string().optional(),
  /** Timeout of a Redis command. After a timeout, Redis counts as unavailable and gets no commands for some seconds. */
  REDIS_TIMEOUT_MILLISECONDS: wholeNumber('100', 10, 10_000, 'milliseconds'),
  /** How long model responses stay in the response cache; 0 disables the cache. Default: the production guide's. */
  CACHE_TTL_SECONDS: wholeNumber('3600', 0, 604_800, 'seconds'),
  /** Maximum rate of one caller's requests, and of one run's model calls; 0 for no limit. Default: the production guide's. */
  REQUEST_LIMIT_PER_MINUTE: wholeNumber('60', 0, 1_000_000, 'requests'),
  /** Maximum burst: requests that an idle caller, or model calls that an idle run, may make at once. */
  REQUEST_LIMIT_BURST: wholeNumber('60', 1, 1_000_000, 'requests'),
  /** Maximum rate of the requests of all callers of a tenant; 0 for no limit. As many may be sent at once. */
  TENANT_LIMIT_REQUESTS_PER_MINUTE: wholeNumber('0', 0, 1_000_000, 'requests'),
  /**
   * Number of proxies in front of the server, each of which appends its client's address to `X-Forwarded-For`. The server trusts that many
   * entries from the right; a client can forge the others. With 0 the caller's address is that of the connection.
   */
  TRUSTED_PROXIES: wholeNumber('0', 0, 10, 'proxies'),

  /** Number of tokens of a thread at which the server warns, once per thread. */
  BUDGET_WARN_SESSION_TOKENS: wholeNumber('100000', 1, 999_999_999_999_999, 'tokens'),
  /** Maximum use of a run, of a thread, and of all runs of a tenant per day (UTC), in tokens and in US dollars. Default: no limit. */
  BUDGET_RUN_TOKENS: tokens(),
  BUDGET_RUN_USD: dollars(),
  BUDGET_THREAD_TOKENS: tokens(),
  BUDGET_THREAD_USD: dollars(),
  BUDGET_TENANT_DAY_TOKENS: tokens(),
  BUDGET_TENANT_DAY_USD: dollars(),
  /** Maximum use of all runs that a user starts per day (UTC), in tokens and in US dollars. Default: no limit. */
  BUDGET_USER_DAY_TOKENS: tokens(),
  BUDGET_USER_DAY_USD: dollars(),

  /** What happens if input validation finds injected instructions in user messages or tool results; `off` disables input validation. */
  VALIDATION: oneOf(['block', 'flag', 'off'], 'block'),

  /** Whether dangerous tool calls need an approval. Approvals that were requested before still wait for their answer. */
  APPROVALS_ENABLED: flag('true'),
  /** How long a requested approval of a tool call waits for its answer before it counts as rejected. */
  APPROVAL_EXPIRY_SECONDS: wholeNumber('86400', 1, 2_592_000, 'seconds'),

  /** The model of every agent that does not name a model: `<provider>:<model id>`. Default: a model of Anthropic or of OpenAI, if its key is set. */
  MODEL_DEFAULT: modelName.optional(),
  /** Fallback models, tried in this order when a model fails; separated by commas. */
  MODEL_FALLBACKS: z.string().default('').transform(listed).pipe(z.array(modelName)),
  /** Model for each level of complexity of a request, as JSON. Default: every request goes to `MODEL_DEFAULT`. */
  MODEL_ROUTING: json('Must be JSON such as {"simple": …, "standard": …, "complex": …}').pipe(ModelRouting).optional(),
  /** Prices of models in US dollars per million tokens, as JSON. They replace the list prices. */
  MODEL_PRICES: json('Must be JSON such as {"openai:my-model": {"input": 1, "output": 4}}')
    .pipe(ModelPrices)
    .optional(),
  /** Settings of the providers `azure_openai`, `google-genai`, `google-vertexai` and `bedrock`, as JSON. Default: none is configured. */
  MODEL_PROVIDERS: json('Must be JSON such as {"bedrock": {"region": "eu-central-1"}}')
    .pipe(CloudProviders)
    .default({}),
  /** LangChain packages of other providers, as JSON. Default: none. */
  MODEL_PACKAGES: json(
    'Must be JSON such as {"mistralai": {"package": "@langchain/mistralai", "class": "ChatMistralAI"}}',
  )
    .pipe(ModelPackages)
    .default({}),
  /** Base URL of a server with Anthropic's API, instead of Anthropic's own. */
  ANTHROPIC_BASE_URL: address(['http', 'https']).optional(),
  /** Base URL of a server with OpenAI's API, instead of OpenAI's own. It ends in `/v1`. */
  OPENAI_BASE_URL: address(['http', 'https']).optional(),
  /** Which of OpenAI's APIs is used. Default: Responses at OpenAI's own address, Chat Completions at any other. */
  OPENAI_API: z.enum(['responses', 'chat-completions'], 'Must be one of "responses", "chat-completions"').optional(),
  /** Maximum time until the first byte of a model's response. Reasoning models can take long. */
  MODEL_FIRST_BYTE_SECONDS: wholeNumber('120', 1, 3_600, 'seconds'),
  /** Maximum pause between two parts of a model's response. */
  MODEL_IDLE_SECONDS: wholeNumber('120', 1, 3_600, 'seconds'),
  /** Maximum duration of one model response. Also the maximum time since the first attempt within which a retry may begin. */
  MODEL_CALL_SECONDS: wholeNumber('600', 1, 3_600, 'seconds'),

  /**
   * Where agents with the backend `sandbox` run commands. `docker` is for development only: access to the engine's socket equals root access
   * to the host.
   */
  SANDBOX: oneOf(['none', 'docker', 'agent-sandbox'], 'none'),
  /** Maximum duration of one command in a sandbox. */
  SANDBOX_COMMAND_SECONDS: wholeNumber('120', 1, 3_600, 'seconds'),
  /** Time without use after which a sandbox is removed, with its files. */
  SANDBOX_IDLE_SECONDS: wholeNumber('900', 60, 86_400, 'seconds'),
  /** Maximum time from the claim of a sandbox until it is ready. */
  SANDBOX_READY_SECONDS: wholeNumber('60', 1, 600, 'seconds'),
  /** Namespace of the SandboxClaims, for sandboxes of the kind `agent-sandbox` only. */
  SANDBOX_NAMESPACE: z.string().optional(),
  /** Name of the SandboxWarmPool that claims use, for sandboxes of the kind `agent-sandbox` only. */
  SANDBOX_WARM_POOL: z.string().default('sandbox'),
  /** Folder with `token` and `ca.crt` for the Kubernetes API, for sandboxes of the kind `agent-sandbox` only. */
  SANDBOX_CREDENTIALS: z.string().default('/run/secrets/sandbox-claims'),
  /** Address of the Kubernetes API, for sandboxes of the kind `agent-sandbox` only. */
  SANDBOX_API_URL: address(['https']).default('https://kubernetes.default.svc'),
  /** Path of the container engine's unix socket, for sandboxes of the kind `docker` only. */
  SANDBOX_DOCKER_SOCKET: z.string().default('/var/run/docker.sock'),
  /** Image of the sandboxes, for the kind `docker` only. The engine must have it, with a POSIX shell and the usual tools. */
  SANDBOX_IMAGE: z.string().optional(),
  /** A folder on a volume that all replicas share, for agents whose backend is `batch`. */
  BATCH_FOLDER: z.string().optional(),

  /** Maximum time from SIGTERM to the end of the process. The pod's grace period must be longer. */
  DRAIN_SECONDS: wholeNumber('60', 1, 86_400, 'seconds'),
  /**
   * Minimum time after SIGTERM during which the server still answers requests, so that load balancers can remove the pod. It is a part of
   * `DRAIN_SECONDS`.
   */
  DRAIN_SERVE_SECONDS: wholeNumber('5', 0, 600, 'seconds'),

  /** Whether traces go to LangSmith. The program sets all variables of LangSmith that LangChain itself reads from these. */
  LANGSMITH_TRACING: flag('false'),
  LANGSMITH_PROJECT: z.string().optional(),
  /** Address of LangSmith, if it is not the public one. */
  LANGSMITH_ENDPOINT: address(['http', 'https']).optional(),
  /** Address that receives traces by OTLP over HTTP, without `/v1/traces`. Default: no traces by OTLP. */
  OTEL_EXPORTER_OTLP_ENDPOINT: address(['http', 'https']).optional(),
  /** Share of traces that the server records, from 0 to 1, unless the caller's trace context decides it. */
  OTEL_TRACES_SAMPLER_ARG: share('0.1'),
})
/** The parsed variables of a process, with secrets read from their files. */
export type ContainerVariables = z.output<typeof ContainerVariables>

/**
 * Name of a variable that holds no secret. Charts write every one, or `undefined` for its default, with `satisfies`: a missing or unknown
 * variable is a compile error.
 */
export type SettingVariable = Exclude<keyof ContainerVariables, SecretVariable>

import { z } from 'zod'

/**
 * Capabilities of the agent server. Each text completes the sentence "The server can …" or "The server can't … yet".
 * The runtime declares for each one whether the server has it (`server-capabilities.ts`), and `hadal check` reads that.
 */
export const serverCapabilities = {
  postgresCheckpointer: "save checkpoints in PostgreSQL with LangGraph's own saver",
  keyEncryption: "read the providers' keys from Fernet tokens",
  approvalsKept: 'prevent clients from disabling approvals',
  approvalExpiry: 'reject a tool call whose approval expires without an answer',
  inputValidation: 'detect injected instructions in user messages and tool results',
  structuredLogs: 'log in JSON, with the run and the thread of each line',
  llmLogs: 'log llm_request_start and llm_request_complete',
  health: 'serve /health for liveness and /ready for readiness',
  rateLimiting: 'limit the request rate of each caller',
  databaseTls: "reject a PostgreSQL server whose certificate it can't verify",
  redisTls: "reject a Redis server whose certificate it can't verify",
  langsmithTracing: 'send traces to LangSmith',
  openTelemetryTracing: 'send traces by OpenTelemetry',
  prometheusMetrics: 'export metrics of runs, queue and connection pool on a separate port',
  llmMetrics: 'export llm_requests_total, llm_request_duration_seconds and tool_calls_total',
  responseCache: 'cache model responses in Redis',
  modelRouting: 'choose a model by the complexity of a request',
  processDeath: 'continue the runs of a lost process in another one',
  databaseOutage: 'wait for an unavailable database, and lose no run',
  redisOutage: 'finish every run without Redis',
  modelFallback: 'answer with a fallback model when a model fails',
  backupRestore: 'restore a backup of the database',
  tokenMonitoring: 'count the tokens of a thread and warn at a threshold',
} as const satisfies Readonly<Record<string, string>>
export type ServerCapability = keyof typeof serverCapabilities

const capabilityNames = Object.keys(serverCapabilities) as ServerCapability[]

/** The test that fails if the server loses the capability. */
const Proof = z.strictObject({
  /** Path of the test file, relative to the repository's root. */
  file: z.string().min(1),
  /** The test's title, or another part of its line that occurs in the file exactly once. */
  test: z.string().min(1),
})

/** Rule that decides which calls of a tool need a person's approval. */
const ApprovalRule = z.strictObject({
  tool: z.string(),
  asks: z.enum(['always', 'on words', 'never']),
  /** Folders in which calls of the tool need no approval. */
  exceptUnder: z.array(z.string()).readonly().optional(),
  /** Words in a tool call's arguments that require an approval, if `asks` is `on words`. */
  words: z.array(z.string()).readonly().optional(),
})
export type ApprovalRule = z.infer<typeof ApprovalRule>

const approvals = z.array(ApprovalRule).readonly()

/** A setting that an agent declares with `withSettings`. */
const DeclaredValue = z.strictObject({
  /** Whether an environment must give the setting. */
  required: z.boolean(),
  /** JSON Schema of the setting's value. */
  schema: z.record(z.string(), z.json()),
})
export type DeclaredValue = z.infer<typeof DeclaredValue>

/** Settings and secrets that a graph declares with `withSettings`, by name. Absent if it declares none. */
const declared = {
  settings: z.record(z.string(), DeclaredValue).optional(),
  secrets: z.record(z.string(), DeclaredValue.pick({ required: true })).optional(),
}

/** A graph that `defineAgent` created. */
const HadalAgent = z.strictObject({
  /** Name of the graph: its key in langgraph.json. */
  graph: z.string(),
  kind: z.literal('hadal'),
  name: z.string(),
  /** `environment` for the environment's default model, or the model that the agent's author named. A named model is never routed. */
  model: z.string(),
  /** The platform's middleware in this agent, outermost first. */
  stack: z.array(z.string()).readonly(),
  /** Rules of input validation whose findings are ignored. */
  allowedFindings: z.array(z.string()).readonly(),
  approvals,
  /** Backend of the agent: where it keeps files, and whether it may run commands. */
  backend: z.enum(['web', 'batch', 'container', 'sandbox']),
  subagents: z.array(z.strictObject({ name: z.string(), model: z.string(), approvals })).readonly(),
  ...declared,
})

/** A graph that `defineAgent` did not create. It has none of the platform's middleware, so its behaviour is unknown. */
const OtherGraph = z.strictObject({ graph: z.string(), kind: z.literal('other'), ...declared })

/** What the langgraph.json needs of an environment. */
const ProjectNeeds = z.strictObject({
  /** Whether it names a sign-in of its own. */
  auth: z.boolean().optional(),
  /** Whether runs get headers of their requests. */
  configurableHeaders: z.boolean().optional(),
})

/**
 * Content of `packages/agents/agents.json`: the capabilities of the server and the properties of each agent in this checkout.
 * The runtime writes the file and the `hadal` command reads it, because neither may import the other.
 */
export const AgentsDescription = z.strictObject({
  server: z.record(z.enum(capabilityNames), z.union([z.literal(false), Proof])),
  graphs: z.array(z.discriminatedUnion('kind', [HadalAgent, OtherGraph])).readonly(),
  /** Absent if the langgraph.json needs nothing of an environment. */
  project: ProjectNeeds.optional(),
})
export type AgentsDescription = z.infer<typeof AgentsDescription>

/** Path of the agents' description, relative to the repository's root. */
export const agentsDescriptionFile = 'packages/agents/agents.json'

/** Command that writes the agents' description. */
export const describeCommand = 'npm run describe'

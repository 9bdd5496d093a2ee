import { z } from 'zod'

/**
 * What the agent server can do beyond starting, each as the words that follow "The server can" or "The server can't yet". The runtime
 * says of every one whether it does (`server-capabilities.ts`); `hadal check` asks for them.
 */
export const serverCapabilities = {
  postgresCheckpointer: "keep checkpoints in PostgreSQL by LangGraph's own saver",
  keyEncryption: "read the providers' keys as Fernet tokens",
  approvalsKept: 'keep clients from switching approvals off',
  approvalExpiry: 'reject a call that nobody answers for in time',
  inputValidation: 'look for injected instructions in what users and tools say',
  structuredLogs: 'log in JSON, with the run and the thread that a line is about',
  llmLogs: 'log llm_request_start and llm_request_complete',
  health: 'answer /health by itself, and /ready by whether it should get work',
  rateLimiting: 'limit the requests of a caller',
  databaseTls: "refuse a PostgreSQL whose certificate it can't verify",
  redisTls: "refuse a Redis whose certificate it can't verify",
  langsmithTracing: 'trace to LangSmith',
  openTelemetryTracing: 'trace by OpenTelemetry',
  prometheusMetrics: 'export metrics of runs, queue and pool on a port of their own',
  llmMetrics: 'export llm_requests_total, llm_request_duration_seconds and tool_calls_total',
  responseCache: "keep models' answers in Redis",
  modelRouting: 'choose a model by how complex a request is',
  tokenMonitoring: 'count the tokens of a session and warn at a threshold',
} as const satisfies Readonly<Record<string, string>>
export type ServerCapability = keyof typeof serverCapabilities

const capabilityNames = Object.keys(serverCapabilities) as ServerCapability[]

/** The test that fails once the server can't do it any more. */
const Proof = z.strictObject({
  /** From the repository's root. */
  file: z.string().min(1),
  /** The test's title, or another piece of its line that stands in the file once. */
  test: z.string().min(1),
})

/** When a tool's call waits for a person. */
const ApprovalRule = z.strictObject({
  tool: z.string(),
  asks: z.enum(['always', 'on words', 'never']),
  /** Folders in which it runs unasked. */
  exceptUnder: z.array(z.string()).readonly().optional(),
  /** What makes it ask, where it asks `on words`. */
  words: z.array(z.string()).readonly().optional(),
})
export type ApprovalRule = z.infer<typeof ApprovalRule>

const approvals = z.array(ApprovalRule).readonly()

/** A graph that `defineAgent` made. */
const HadalAgent = z.strictObject({
  /** Its key in langgraph.json. */
  graph: z.string(),
  kind: z.literal('hadal'),
  name: z.string(),
  /** `environment`, or the model that its author named, which is never routed. */
  model: z.string(),
  /** The platform's middleware, the outermost first. */
  stack: z.array(z.string()).readonly(),
  /** Rules of input validation whose findings are let through. */
  allowedFindings: z.array(z.string()).readonly(),
  approvals,
  /** Where its files are, and whether it may run commands. */
  backend: z.enum(['web', 'batch', 'container', 'sandbox']),
  subagents: z.array(z.strictObject({ name: z.string(), model: z.string(), approvals })).readonly(),
})

/** Any other graph: nothing of the platform is in it, so nothing can be said of what it does. */
const OtherGraph = z.strictObject({ graph: z.string(), kind: z.literal('other') })

/**
 * `packages/agents/agents.json`: what the server and the agents of this checkout are, as data. The runtime writes it and the `hadal`
 * command reads it, since the one never imports the other.
 */
export const AgentsDescription = z.strictObject({
  server: z.record(z.enum(capabilityNames), z.union([z.literal(false), Proof])),
  graphs: z.array(z.discriminatedUnion('kind', [HadalAgent, OtherGraph])).readonly(),
})
export type AgentsDescription = z.infer<typeof AgentsDescription>

/** Where it stands, from the repository's root. */
export const agentsDescriptionFile = 'packages/agents/agents.json'

/** How it is written again. */
export const describeCommand = 'npm run describe'

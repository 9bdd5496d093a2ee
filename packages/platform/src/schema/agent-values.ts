import { z } from 'zod'
import { DnsLabel } from './scalars.ts'

/** Schema of the name of an agent's setting or secret, e.g. `GITHUB_TOKEN`. It is written as environment variables are. */
export const ValueName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,62}$/, 'upper-case letters, digits and "_", starting with a letter, e.g. "GITHUB_TOKEN"')

/** Settings and secrets of one agent in an environment. The agent's code declares their names and schemas with `withSettings`. */
export const AgentValues = z.strictObject({
  /** Values of the agent's settings, by name. They are committed, so none may be a secret. */
  settings: z.record(ValueName, z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).default({}),
  /** Names of the agent's secrets. Their values are in the secret store, in the Secret `agent-<graph>`. */
  secrets: z
    .array(ValueName)
    .refine((names) => new Set(names).size === names.length, 'a list in which every name occurs once')
    .default([]),
})

/** Settings and secrets of the agents, by the name of the graph in langgraph.json. */
export const Agents = z.record(DnsLabel, AgentValues)
export type Agents = z.infer<typeof Agents>

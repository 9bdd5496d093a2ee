import { z } from 'zod'
import { DnsLabel, Resources } from './scalars.ts'

/** No sandboxes: no agent can have the backend `sandbox`. */
const NoSandbox = z.strictObject({ kind: z.literal('none') })

/** Sandboxes by kubernetes-sigs/agent-sandbox. The cluster must have its controller and custom kinds (v1beta1: release 0.5 or newer). */
const AgentSandbox = z.strictObject({
  kind: z.literal('agent-sandbox'),
  /** Image of a sandbox. It runs the project's sandboxd and contains the tools for agents. The image's own user is not used. */
  image: z
    .string()
    .regex(
      /^[a-z0-9]([-a-z0-9._:/]*[a-z0-9])?@sha256:[0-9a-f]{64}$/,
      'an image with its digest, e.g. "registry.example.com/sandbox@sha256:<64 hex digits>"',
    ),
  /** Number of ready sandboxes in the warm pool. */
  warm: z.int().min(0).max(20).default(1),
  /** Maximum number of sandboxes in use at the same time, one per thread. A quota enforces it. */
  max: z.int().min(1).max(200).default(10),
  /** RuntimeClass with stronger isolation than a container, e.g. gVisor's. */
  runtimeClass: DnsLabel.optional(),
  /** Resources of one sandbox. */
  resources: Resources.default({
    requests: { cpu: '100m', memory: '256Mi', ephemeralStorage: '256Mi' },
    limits: { cpu: '1', memory: '512Mi', ephemeralStorage: '1Gi' },
  }),
  /** Maximum duration of one command in a sandbox, in seconds. */
  commandSeconds: z.int().min(1).max(3_600).default(120),
  /** Time without use after which a sandbox is removed, with its files, in minutes. */
  idleMinutes: z.int().min(1).max(1_440).default(15),
})

/**
 * Kinds of sandbox in which agents run commands. The socket of a container engine is deliberately not among them, because access to it equals
 * root access to the node.
 */
export const Sandbox = z.discriminatedUnion('kind', [NoSandbox, AgentSandbox])
export type Sandbox = z.infer<typeof Sandbox>

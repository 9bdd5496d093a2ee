import { z } from 'zod'
import { Cidr, DnsLabel, Resources } from './scalars.ts'

/** No sandboxes: no agent can have the backend `sandbox`. */
const NoSandbox = z.strictObject({ kind: z.literal('none') })

/** Sandboxes by kubernetes-sigs/agent-sandbox, whose controller and kinds the cluster must have (v1beta1: release 0.5 or newer). */
const AgentSandbox = z.strictObject({
  kind: z.literal('agent-sandbox'),
  /** Runs the project's sandboxd and has the tools that agents shall have. The image's own user is not used. */
  image: z
    .string()
    .regex(
      /^[a-z0-9]([-a-z0-9._:/]*[a-z0-9])?@sha256:[0-9a-f]{64}$/,
      'an image with its digest, e.g. "registry.example.com/sandbox@sha256:<64 hex digits>"',
    ),
  /** Addresses of the API server, for the NetworkPolicy, which knows no names: agents make their claims there. */
  apiServerAddresses: z.array(Cidr).min(1),
  /** Sandboxes that are ready before anybody asks. */
  warm: z.int().min(0).max(20).default(1),
  /** Sandboxes in use at once, one a thread. The quota admits no more. */
  max: z.int().min(1).max(200).default(10),
  /** A RuntimeClass of the cluster that isolates more than a container does, such as gVisor's. */
  runtimeClass: DnsLabel.optional(),
  /** Of one sandbox. */
  resources: Resources.default({
    requests: { cpu: '100m', memory: '256Mi', ephemeralStorage: '256Mi' },
    limits: { cpu: '1', memory: '512Mi', ephemeralStorage: '1Gi' },
  }),
  /** How long one command may take. */
  commandSeconds: z.int().min(1).max(3_600).default(120),
  /** A sandbox that was not used for so long is removed with its files. */
  idleMinutes: z.int().min(1).max(1_440).default(15),
})

/** Where agents run commands. A container engine's socket is none of the choices: whoever reaches it is root on the node. */
export const Sandbox = z.discriminatedUnion('kind', [NoSandbox, AgentSandbox])
export type Sandbox = z.infer<typeof Sandbox>

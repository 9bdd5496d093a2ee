import { ThreadFolders } from '@hadal/middleware/thread-folders'
import { type BackendProtocolV2, CompositeBackend, StateBackend, StoreBackend } from 'deepagents'
import type { AgentPlatform } from './agent-platform.ts'

/**
 * Where an agent's files are, and whether it may run commands.
 *
 * - `web`: in the thread's state, with its checkpoints.
 * - `batch`: in a folder of the thread's own on a volume that all replicas share.
 * - `container`: as `web`, but `/memories/` and `/configs/` are in the store, which all threads of a tenant share.
 * - `sandbox`: in a sandbox of the thread's own, where it may run commands: the tool `execute`.
 */
export const backendKinds = ['web', 'batch', 'container', 'sandbox'] as const
export type BackendKind = (typeof backendKinds)[number]

/** In the store, under the agent's name: two agents of a tenant do not read each other's. */
const storedFolders = ['memories', 'configs'] as const

/** LangGraph allows no period and no colon in a label, and a backend of deepagents little else than these. */
const label = (name: string): string => name.replace(/[^\w-]/g, '_')

/**
 * @param agent its name
 * @param platform without it (where an agent is described or tested) `batch` and `sandbox` keep their files in the state, and there is no
 *   `execute`
 * @throws Error with a sentence when the environment has no volume or sandboxes for it
 */
export function agentBackend(agent: string, kind: BackendKind, platform: AgentPlatform | undefined): BackendProtocolV2 {
  if (kind === 'container') {
    const routes = storedFolders.map((folder) => [
      `/${folder}/`,
      // The store itself, where there is one: StoreBackend deletes by `batch`, which the store that a run gives to its graph has not.
      new StoreBackend({ ...(platform && { store: platform.store }), namespace: [label(agent), folder] }),
    ])
    return new CompositeBackend(new StateBackend(), Object.fromEntries(routes))
  }
  if (kind === 'web' || !platform) return new StateBackend()
  if (kind === 'batch') {
    if (platform.batchFolder === undefined) {
      throw new Error(
        `Agent "${agent}" has the backend "batch", and this server has no folder for it. Set BATCH_FOLDER to a folder on a volume that all ` +
          'replicas share, or choose another backend.',
      )
    }
    return new ThreadFolders(platform.batchFolder)
  }
  if (!platform.sandboxes) {
    throw new Error(
      `Agent "${agent}" has the backend "sandbox", and this server has no sandboxes. Set SANDBOX (in an environment: the field "sandbox"), or ` +
        'choose another backend.',
    )
  }
  return platform.sandboxes.backend()
}

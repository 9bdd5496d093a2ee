import { ThreadFolders } from '@hadal/middleware/thread-folders'
import { type BackendProtocolV2, CompositeBackend, StateBackend } from 'deepagents'
import type { AgentPlatform } from './agent-platform.ts'
import { AgentRefused } from './agent-refused.ts'
import { type Memories, MemoryFiles } from './memory-files.ts'
import { agentLabel, storedFolders } from './shared-memories.ts'

/**
 * Kinds of backend: where an agent's files are, and whether it may run commands.
 *
 * - `web`: in the thread's state, with its checkpoints.
 * - `batch`: in a folder of the thread on a volume that all replicas share.
 * - `container`: as `web`, but `/memories/` and `/configs/` are in the store, which all threads of a tenant share.
 * - `sandbox`: in the sandbox of the thread, where the agent may run commands with the tool `execute`.
 */
export const backendKinds = ['web', 'batch', 'container', 'sandbox'] as const
export type BackendKind = (typeof backendKinds)[number]

/**
 * Creates the backend of an agent.
 *
 * @param agent name of the agent
 * @param platform if undefined (in tests, and for a description), `batch` and `sandbox` keep their files in the state, and the agent has no
 * `execute`
 * @param memories who shares the stored files of `container`
 * @throws AgentRefused if the environment has no volume or no sandboxes for the backend
 */
export function agentBackend(
  agent: string,
  kind: BackendKind,
  platform: AgentPlatform | undefined,
  memories: Memories = 'user',
): BackendProtocolV2 {
  if (kind === 'container') {
    const routes = storedFolders.map((folder) => [
      `/${folder}/`,
      new MemoryFiles(platform?.memories, memories, agentLabel(agent), folder),
    ])
    return new CompositeBackend(new StateBackend(), Object.fromEntries(routes))
  }
  if (kind === 'web' || !platform) return new StateBackend()
  if (kind === 'batch') {
    if (platform.batchFolder === undefined) {
      throw new AgentRefused(
        `Agent "${agent}" has the backend "batch", but this server has no folder for it. Set BATCH_FOLDER to a folder on a volume that all ` +
          'replicas share, or choose another backend.',
        { environmentLacks: true },
      )
    }
    return new ThreadFolders(platform.batchFolder)
  }
  if (!platform.sandboxes) {
    throw new AgentRefused(
      `Agent "${agent}" has the backend "sandbox", but this server has no sandboxes. Set SANDBOX (in an environment: the field "sandbox"), or ` +
        'choose another backend.',
      { environmentLacks: true },
    )
  }
  return platform.sandboxes.backend()
}

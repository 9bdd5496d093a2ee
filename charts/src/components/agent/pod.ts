import type { Environment } from '@hadal/platform/environment'
import { agentNames } from '@hadal/platform/names'
import type { SecretUser } from '@hadal/platform/secret-table'
import type { Container, EnvVar, PodSpec, ResourceRequirements } from 'kubernetes-types/core/v1.d.ts'
import { containerSecurity, podSecurity } from '../../pod-security.ts'
import { scratchVolume } from '../../scratch-volume.ts'
import { secretVolumes } from '../../secret-volumes.ts'
import { batchVolume } from './batch-volume.ts'
import { sandboxToken } from './sandbox-token.ts'
import { secretVariables } from './variables.ts'

export type AgentRole = Extract<SecretUser, 'api' | 'worker' | 'migrate'>

interface AgentContainer {
  readonly name: string
  /** As whom it runs, which decides the secrets that it sees. */
  readonly users: readonly AgentRole[]
  /** Beyond the settings that all share and the files of its secrets. */
  readonly env: EnvVar[]
  readonly resources: ResourceRequirements
  /** What this container has beyond the others: probes, ports, arguments. */
  readonly container: Partial<Container>
}

/** A pod of the agent's image: servers, workers and Jobs differ in what they are asked to do, not in how they are kept. */
export function agentPod(
  environment: Environment,
  { name, users, env, resources, container }: AgentContainer,
): PodSpec {
  const { image } = environment.release
  const secrets = secretVolumes(environment, users)
  const forAgents = users.includes('worker') ? [batchVolume(environment), sandboxToken(environment)] : []
  const temporary = scratchVolume('tmp', '/tmp', '128Mi')
  return {
    serviceAccountName: agentNames.serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity,
    containers: [
      {
        name,
        image: `${image.repository}@${image.digest}`,
        imagePullPolicy: 'Always',
        envFrom: [{ configMapRef: { name: agentNames.settings } }],
        env: [...secretVariables(environment, users), ...env],
        resources,
        securityContext: containerSecurity,
        volumeMounts: [...secrets.mounts, ...forAgents.flatMap(({ mounts }) => mounts), temporary.mount],
        ...container,
      },
    ],
    volumes: [...secrets.volumes, ...forAgents.flatMap(({ volumes }) => volumes), temporary.volume],
  }
}

import type { Environment } from '@hadal/platform/environment'
import { agentContainer, agentNames } from '@hadal/platform/names'
import type { SecretUser } from '@hadal/platform/secret-table'
import type { k8s } from 'cdk8s-plus-28'
import { podScheduling } from '../../pod-scheduling.ts'
import { containerSecurity, podSecurity } from '../../pod-security.ts'
import { scratchVolume } from '../../scratch-volume.ts'
import { secretVolumes } from '../../secret-volumes.ts'
import { batchVolume } from './batch-volume.ts'
import { sandboxToken } from './sandbox-token.ts'
import { trustedCertificatesVolume } from './trusted-certificates.ts'
import { secretVariables } from './variables.ts'

export type AgentRole = Extract<SecretUser, 'api' | 'worker' | 'migrate' | 'backup' | 'drill'>

interface AgentContainer {
  /** Roles of the container (`api`, `worker`, …). The secret table lists which secrets each role mounts. */
  readonly users: readonly AgentRole[]
  /** Environment variables of the container, in addition to the settings and the files of its secrets. */
  readonly env: k8s.EnvVar[]
  readonly resources: k8s.ResourceRequirements
  /** Default: the ServiceAccount of the servers. */
  readonly serviceAccountName?: string
  /** Further fields of the container: probes, ports, arguments. */
  readonly container: Partial<k8s.Container>
}

/** Pod spec of the agent's image, for servers, workers and Jobs. */
export function agentPod(
  environment: Environment,
  { users, env, resources, container, serviceAccountName = agentNames.serviceAccount }: AgentContainer,
): k8s.PodSpec {
  const { image } = environment.release
  const secrets = secretVolumes(environment, users)
  const forAgents = users.includes('worker') ? [batchVolume(environment), sandboxToken(environment)] : []
  const trusted = trustedCertificatesVolume(environment)
  const temporary = scratchVolume('tmp', '/tmp', '128Mi')
  return {
    serviceAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    ...podScheduling(environment, environment.agent.scheduling),
    securityContext: podSecurity,
    containers: [
      {
        name: agentContainer,
        image: `${image.repository}@${image.digest}`,
        imagePullPolicy: 'Always',
        envFrom: [{ configMapRef: { name: agentNames.settings } }],
        env: [...secretVariables(environment, users), ...trusted.env, ...env],
        resources,
        securityContext: containerSecurity,
        volumeMounts: [
          ...secrets.mounts,
          ...trusted.mounts,
          ...forAgents.flatMap(({ mounts }) => mounts),
          temporary.mount,
        ],
        ...container,
      },
    ],
    volumes: [...secrets.volumes, ...trusted.volumes, ...forAgents.flatMap(({ volumes }) => volumes), temporary.volume],
  }
}

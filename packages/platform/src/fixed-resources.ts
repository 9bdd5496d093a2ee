import type { Resources } from './schema/scalars.ts'

// Resources of containers whose work doesn't grow with the environment. No environment can change them.

/** Resources of a Job with the agent's image: one process that mostly waits for the database. */
export const jobResources: Resources = {
  requests: { cpu: '100m', memory: '256Mi', ephemeralStorage: '128Mi' },
  limits: { cpu: '1', memory: '512Mi', ephemeralStorage: '256Mi' },
}

/** Resources of a backup or of a restore drill. It compresses and encrypts blocks of 4 MiB, so its memory doesn't depend on the size of the database. */
export const recoveryResources: Resources = {
  requests: { cpu: '250m', memory: '384Mi', ephemeralStorage: '128Mi' },
  limits: { cpu: '2', memory: '1Gi', ephemeralStorage: '256Mi' },
}

/** Resources of the scratch database of a restore drill, which has one client. Its data is on a volume of its own. */
export const scratchDatabaseResources: Resources = {
  requests: { cpu: '250m', memory: '512Mi', ephemeralStorage: '64Mi' },
  limits: { cpu: '2', memory: '1Gi', ephemeralStorage: '256Mi' },
}

/** Resources of a PgBouncer instance, which uses one thread and some kilobytes per connection. */
export const poolerResources: Resources = {
  requests: { cpu: '100m', memory: '64Mi', ephemeralStorage: '64Mi' },
  limits: { cpu: '1', memory: '256Mi', ephemeralStorage: '256Mi' },
}

/** Resources of the Prometheus exporter beside each Redis node. */
export const redisExporterResources: Resources = {
  requests: { cpu: '10m', memory: '32Mi', ephemeralStorage: '16Mi' },
  limits: { cpu: '100m', memory: '64Mi', ephemeralStorage: '64Mi' },
}

/** Resources of the pod that answers an ACME challenge. They are the defaults of cert-manager, which the cluster's administrators can change. */
export const acmeSolverResources: Resources = {
  requests: { cpu: '10m', memory: '64Mi', ephemeralStorage: '64Mi' },
  limits: { cpu: '100m', memory: '64Mi', ephemeralStorage: '256Mi' },
}

/** Resources of the backup plugin's sidecar beside each database instance. It uploads the write-ahead log and base backups. */
export const backupSidecarResources: Resources = {
  requests: { cpu: '50m', memory: '128Mi', ephemeralStorage: '64Mi' },
  limits: { cpu: '1', memory: '512Mi', ephemeralStorage: '1Gi' },
}

import type { Resources } from './schema/scalars.ts'

/** Sizes that no environment changes, of pods whose work doesn't grow with it. */

/** A Job or CronJob of the agent's image: one process that mostly waits for the database. */
export const jobResources: Resources = {
  requests: { cpu: '100m', memory: '256Mi', ephemeralStorage: '128Mi' },
  limits: { cpu: '1', memory: '512Mi', ephemeralStorage: '256Mi' },
}

/** An instance of PgBouncer, which has one thread and some kilobytes a connection. */
export const poolerResources: Resources = {
  requests: { cpu: '100m', memory: '64Mi', ephemeralStorage: '64Mi' },
  limits: { cpu: '1', memory: '256Mi', ephemeralStorage: '256Mi' },
}

/** What tells Prometheus of one Redis node. */
export const redisExporterResources: Resources = {
  requests: { cpu: '10m', memory: '32Mi', ephemeralStorage: '16Mi' },
  limits: { cpu: '100m', memory: '64Mi', ephemeralStorage: '64Mi' },
}

/** What the backup plugin puts beside each instance of the database: it sends the write-ahead log and base backups away. */
export const backupSidecarResources: Resources = {
  requests: { cpu: '50m', memory: '128Mi', ephemeralStorage: '64Mi' },
  limits: { cpu: '1', memory: '512Mi', ephemeralStorage: '1Gi' },
}

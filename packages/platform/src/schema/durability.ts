import { z } from 'zod'
import { AgeRecipient } from './age-recipient.ts'
import { CronSchedule } from './cron-schedule.ts'
import { Destination } from './destination.ts'
import { DnsLabel, HostName, Memory } from './scalars.ts'
import { serviceAccountAnnotations } from './scheduling.ts'

/** How long threads, their checkpoints and the events of their runs are kept. */
export const Retention = z.strictObject({
  /**
   * Age in days from which a thread's checkpoints are removed, except those that continue it: the newest of each branch, those that its last
   * {@link keepTurns} turns began from, and those that a run, an interrupt or a fork refers to.
   */
  checkpointDays: z.int().min(1).max(3650).default(30),
  /** Whether an idle thread keeps only the checkpoints that continue it; the others are removed at any age. */
  keepLatestOnly: z.boolean().default(false),
  /** Number of a thread's last turns whose first checkpoint is kept, so that they can be run again or edited. */
  keepTurns: z.int().min(0).max(100).default(2),
  /**
   * What happens to a thread that is not used for some minutes: `delete` removes it with its runs and checkpoints, `keep_latest` removes the
   * checkpoints that don't continue it. Default: nothing. It takes precedence over `checkpointer.ttl` of langgraph.json; a client can choose
   * another one for a thread.
   */
  threads: z
    .strictObject({
      strategy: z.enum(['delete', 'keep_latest']).default('delete'),
      minutes: z.int().min(1).max(5_256_000),
    })
    .optional(),
  /** How many minutes the events of a run are kept after its thread came to rest. A client can join or resume its stream until then. */
  eventMinutes: z.int().min(1).max(5_256_000).default(60),
  /**
   * Days after which the audit of what people did is removed, by whole months. The job of a migration and the backup remove it, because only the role
   * that owns the tables may.
   */
  auditDays: z.int().min(1).max(3650).default(365),
})

/** Backups by `hadal-runtime backup`: all tables that a thread needs, of one moment. They are below `<environment>/archive` in the bucket. */
export const Archive = z.strictObject({
  schedule: CronSchedule.default('45 3 * * *'),
  retentionDays: z.int().min(1).max(3650).default(35),
  /** age recipients (`age1…`), whose identities can decrypt the backups. Without one, backups are not encrypted. */
  recipients: z.array(AgeRecipient).default([]),
})

/** Restore drill: restores the newest backup into a scratch database, verifies it, and removes the scratch database. */
export const Drill = z.strictObject({
  schedule: CronSchedule.default('30 5 * * 0'),
  /** Volume of the scratch database, which exists while the drill runs. */
  storage: z
    .strictObject({
      /** Size of the volume. Default: that of the database's volume, or 20Gi for an external database. */
      size: Memory.optional(),
      class: DnsLabel.optional(),
    })
    .prefault({}),
})

/** Destination and schedule of the database's backups. */
export const Backup = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('s3'),
    bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of an S3 bucket'),
    /** Host of the S3-compatible storage for backups. Default: AWS. */
    endpoint: HostName.optional(),
    /** Destination that the NetworkPolicies allow for `endpoint`. Required if `endpoint` is not a public host. */
    destination: Destination.optional(),
    /**
     * How pods authenticate at the object storage. `keys`: with the Secrets `backup-credentials` and, for servers, `deletion-log-credentials`.
     * `workload-identity`: with the identity that EKS gives to their ServiceAccount, by Pod Identity or by a role in its annotations.
     */
    credentials: z.enum(['keys', 'workload-identity']).default('keys'),
    region: z.string().min(1).default('us-east-1'),
    /** Schedule of the base backups of CloudNativePG, for a restore to a point in time. */
    schedule: CronSchedule.default('15 2 * * *'),
    /** How long CloudNativePG's backups are kept. */
    retentionDays: z.int().min(1).max(3650).default(35),
    archive: Archive.prefault({}),
    drill: Drill.prefault({}),
    /** Annotations of the ServiceAccount of the pods that write and test backups. The database's pods have `postgres.serviceAccountAnnotations`. */
    serviceAccountAnnotations,
  }),
])
export type Backup = z.infer<typeof Backup>

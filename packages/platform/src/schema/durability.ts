import { z } from 'zod'
import { CronSchedule } from './cron-schedule.ts'
import { Destination } from './destination.ts'
import { HostName } from './scalars.ts'

/** Retention of threads and their checkpoints. */
export const Retention = z.strictObject({
  checkpointDays: z.int().min(1).max(3650).default(30),
  /** Whether an idle thread keeps only its newest checkpoint. */
  keepLatestOnly: z.boolean().default(false),
})

/** Destination and schedule of the database's backups. */
export const Backup = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('s3'),
    bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of an S3 bucket'),
    /** Host of the S3-compatible storage for backups. Default: AWS. */
    endpoint: HostName.optional(),
    /** Destination that the NetworkPolicy of the database's pods allows for `endpoint`. Required if `endpoint` is not a public host. */
    destination: Destination.optional(),
    /**
     * How the database's pods authenticate at the object storage. `keys`: with the Secret `backup-credentials`. `workload-identity`: with the
     * identity that EKS gives to their ServiceAccount, by Pod Identity or by the role in `postgres.serviceAccountAnnotations`.
     */
    credentials: z.enum(['keys', 'workload-identity']).default('keys'),
    region: z.string().min(1).default('us-east-1'),
    schedule: CronSchedule.default('15 2 * * *'),
    retentionDays: z.int().min(1).max(3650).default(35),
  }),
])
export type Backup = z.infer<typeof Backup>

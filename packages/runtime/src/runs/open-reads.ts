import { within } from '@hadal/middleware/within'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type pg from 'pg'
import type { Logger } from 'pino'
import { Counter, Gauge, type Registry } from 'prom-client'
import { createScrapeQuery } from '../metrics/create-scrape-query.ts'
import { DatabasePool } from '../store/database-pool.ts'
import { rolesAreSeparate } from '../store/database-roles.ts'
import { databaseTls } from '../store/database-tls.ts'
import { PreparedStatements } from '../store/prepared-statements.ts'
import { primaryReads, type Reads } from '../store/reads/reads.ts'
import { type FallbackReason, fallbackReasons, ReplicaReads } from '../store/reads/replica-reads.ts'
import { sealsOf } from '../store/sealing/seals.ts'
import type { TenantPools } from '../store/tenant-pools.ts'

/** Maximum time in seconds that a read waits for a connection to a replica. */
const connectSeconds = 2
/** Maximum time in milliseconds for which the end of the process waits for connections that are in use. */
const poolEndWithinMs = 2_000

/** Log messages of the reasons for which no replica can be used until something changes. */
const problems: Partial<Record<FallbackReason, string>> = {
  away: 'No replica at DATABASE_READ_URL answers. The primary answers all reads until one does.',
  foreign:
    'The server at DATABASE_READ_URL is not a replica of the primary at DATABASE_URL, or follows another timeline of it: after a failover, this ' +
    'lasts until the replica has processed the next checkpoint. The primary answers all reads. If it lasts, set DATABASE_READ_URL to the address of replicas.',
  behind:
    'The replicas at DATABASE_READ_URL lag behind the primary by more than DATABASE_READ_LAG_SECONDS. The primary answers their reads until they catch up.',
}

/** Logs once that no replica can be used, and once that one is used again. */
function logChanges(log: Logger): { onFallback: (reason: FallbackReason, error: unknown) => void; onRead: () => void } {
  let problem: string | undefined
  return {
    onFallback(reason, error) {
      const text = problems[reason]
      if (text === undefined || problem !== undefined) return
      problem = text
      log.warn({ text, reason, ...(error === undefined ? {} : { err: error }) }, 'read_replicas_unused')
    },
    onRead() {
      if (problem === undefined) return
      problem = undefined
      log.info('read_replicas_used')
    },
  }
}

interface OpenReads {
  /** Returns the reads of a tenant. */
  of(tenant: string): Reads
  close(): Promise<void>
}

/** Opens the reads of a process: from the replicas at `DATABASE_READ_URL`, or from the primary without that address. */
export function openReads(
  variables: ContainerVariables,
  primary: pg.Pool,
  pools: TenantPools,
  registry: Registry,
  log: Logger,
): OpenReads {
  const url = variables.DATABASE_READ_URL
  if (url === undefined || variables.ROLE === 'worker')
    return { of: (tenant) => primaryReads(pools.of(tenant)), close: async () => {} }
  const prepared = new PreparedStatements()
  if (variables.DATABASE_PREPARED_STATEMENTS === 'on') prepared.enable()
  const replicas = new DatabasePool(
    {
      connectionString: url,
      tls: databaseTls(variables),
      size: 0,
      overflow: variables.DATABASE_POOL_SIZE,
      timeoutSeconds: connectSeconds,
      recycleSeconds: variables.DATABASE_POOL_RECYCLE_SECONDS,
      prePing: variables.DATABASE_POOL_PRE_PING,
      statementTimeoutSeconds: variables.DATABASE_STATEMENT_TIMEOUT_SECONDS,
      applicationName: `hadal ${variables.ROLE} reads`,
      prepared,
      seals: sealsOf(primary),
    },
    (error) => log.warn({ err: error }, 'read_connection_lost'),
  )
  const fallbacks = new Counter({
    name: 'database_read_fallbacks_total',
    help: 'Number of reads that the primary answered in place of a replica',
    labelNames: ['reason'],
    registers: [registry],
  })
  for (const reason of fallbackReasons) fallbacks.inc({ reason }, 0)
  const fromReplica = new Counter({
    name: 'database_replica_reads_total',
    help: 'Number of reads that a replica answered',
    registers: [registry],
  })
  const changes = logChanges(log)
  const reads = new ReplicaReads({
    replicas,
    primary,
    boundSeconds: variables.DATABASE_READ_LAG_SECONDS,
    onFallback(reason, error) {
      fallbacks.inc({ reason })
      changes.onFallback(reason, error)
    },
    onRead() {
      fromReplica.inc()
      changes.onRead()
    },
    onDirect: () => {
      if (variables.DATABASE_PREPARED_STATEMENTS === 'auto') prepared.enable()
    },
  })
  const lag = createScrapeQuery(() => reads.lagSeconds())
  new Gauge({
    name: 'database_read_lag_seconds',
    help: 'Seconds by which a replica for reads lags behind the primary; +Inf above DATABASE_READ_LAG_SECONDS, or if no replica answers',
    registers: [registry],
    async collect() {
      this.set((await lag()) ?? Number.NaN)
    },
  })
  const separate = rolesAreSeparate(variables)
  return {
    of: (tenant) => (separate ? reads.of(tenant, pools.of(tenant)) : reads),
    close: async () => void (await within(replicas.end(), poolEndWithinMs)),
  }
}

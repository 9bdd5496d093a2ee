import type { AgentsDescription } from '@hadal/platform/agents-description'

/**
 * Capabilities of this server: each with the file and title of the test that proves it, or `false`. `hadal check` relies on this list, not on
 * settings. After a change, run `npm run describe`.
 */
export const capabilities: AgentsDescription['server'] = {
  postgresCheckpointer: {
    file: 'packages/runtime/src/runs/process-death.long.test.ts',
    test: 'loses nothing: the next process finishes it, and no finished step runs again',
  },
  keyEncryption: {
    file: 'packages/runtime/src/secrets/canary.int.test.ts',
    test: "a provider's token is decrypted with the key from another Secret, and the provider gets the key itself",
  },
  approvalsKept: {
    file: 'packages/runtime/src/http/approvals.int.test.ts',
    test: 'can not switch approvals off by %s',
  },
  approvalExpiry: {
    file: 'packages/runtime/src/http/approvals.int.test.ts',
    test: 'counts as rejected after its expiry: the thread continues by itself, and the audit records the expiry',
  },
  inputValidation: {
    file: 'packages/runtime/src/http/input-validation.int.test.ts',
    test: 'an attack in %s is refused with a code and its rule, before any of it is stored',
  },
  structuredLogs: {
    file: 'packages/runtime/src/metrics/metrics.int.test.ts',
    test: 'each call of a model is logged with its numbers and the ids of its run',
  },
  llmLogs: {
    file: 'packages/runtime/src/metrics/metrics.int.test.ts',
    test: 'each call of a model is logged with its numbers and the ids of its run',
  },
  health: {
    file: 'packages/runtime/src/http/health.int.test.ts',
    test: 'during a database outage the server is healthy, not ready',
  },
  rateLimiting: {
    file: 'packages/runtime/src/redis/redis.svc.test.ts',
    test: 'is shared by all servers, and a refusal says when to retry',
  },
  databaseTls: {
    file: 'test/integration/database-tls.test.ts',
    test: 'is refused with a sentence when the server speaks no TLS',
  },
  redisTls: {
    file: 'packages/runtime/src/redis/redis-connection.svc.test.ts',
    test: 'refuses a certificate of an authority that it does not know',
  },
  langsmithTracing: {
    file: 'test/integration/langsmith-tracing.test.ts',
    test: 'a run is traced to LangSmith, under its project and the one that the client asks for, with the key that came as a file',
  },
  openTelemetryTracing: {
    file: 'packages/runtime/src/tracing/open-telemetry.int.test.ts',
    test: "is a child span of its request, which is a child of the caller's span",
  },
  prometheusMetrics: {
    file: 'packages/runtime/src/metrics/metrics.int.test.ts',
    test: 'are on a port of their own only',
  },
  llmMetrics: {
    file: 'packages/runtime/src/metrics/metrics.int.test.ts',
    test: "count model and tool calls, a subagent's too, runs, interrupts and requests",
  },
  responseCache: {
    file: 'packages/runtime/src/redis/redis.svc.test.ts',
    test: 'serves in one server process what was asked in another',
  },
  modelRouting: {
    file: 'packages/runtime/src/models/model-routing.int.test.ts',
    test: 'a simple question goes to the cheap model, a complex one to the best',
  },
  processDeath: {
    file: 'test/faults/core/deaths.test.ts',
    test: 'kill -9 of a server with ten runs moves them to another server',
  },
  databaseOutage: {
    file: 'test/faults/outages.test.ts',
    test: 'ten outages of the database during one model call make no run a dead letter',
  },
  redisOutage: {
    file: 'packages/runtime/src/redis/redis.svc.test.ts',
    test: 'is killed under load finishes every run, reports it, and uses Redis again after its restart',
  },
  modelFallback: {
    file: 'packages/runtime/src/models/provider-faults.long.test.ts',
    test: '$title: the run ends as expected, with the expected number of requests',
  },
  backupRestore: {
    file: 'test/long/recovery/restore-a-lost-database.test.ts',
    test: 'the commands of the runbook, in their order, bring a lost database back',
  },
  tokenMonitoring: {
    file: 'packages/runtime/src/runs/budgets.int.test.ts',
    test: 'a session above its token threshold causes one warning over all its runs, subagents and servers',
  },
}

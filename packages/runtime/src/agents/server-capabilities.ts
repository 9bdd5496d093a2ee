import type { AgentsDescription } from '@hadal/platform/agents-description'

/**
 * What the server of this checkout can do, each with the test that proves it, or `false`. `hadal check` believes this list and no setting:
 * whoever teaches the server something writes the test's file and title here, and `npm run describe` then.
 */
export const capabilities: AgentsDescription['server'] = {
  postgresCheckpointer: {
    file: 'packages/runtime/src/runs/process-death.int.test.ts',
    test: 'loses nothing: the next process finishes it, and no finished step runs again',
  },
  keyEncryption: false,
  approvalsKept: {
    file: 'packages/runtime/src/http/interrupts.int.test.ts',
    test: 'can not be switched off by a client through %s',
  },
  approvalExpiry: false,
  inputValidation: false,
  structuredLogs: {
    file: 'packages/runtime/src/metrics.int.test.ts',
    test: 'each call of a model is logged with its numbers and the ids of its run',
  },
  llmLogs: {
    file: 'packages/runtime/src/metrics.int.test.ts',
    test: 'each call of a model is logged with its numbers and the ids of its run',
  },
  health: {
    file: 'packages/runtime/src/http/health.int.test.ts',
    test: 'while the database is away the server is healthy, not ready',
  },
  rateLimiting: false,
  databaseTls: false,
  redisTls: false,
  langsmithTracing: {
    file: 'test/integration/langsmith-tracing.test.ts',
    test: 'a run is traced to LangSmith, under its project, with the key that came as a file',
  },
  openTelemetryTracing: false,
  prometheusMetrics: {
    file: 'packages/runtime/src/metrics.int.test.ts',
    test: 'are on a port of their own only',
  },
  llmMetrics: {
    file: 'packages/runtime/src/metrics.int.test.ts',
    test: "count model and tool calls, a subagent's too, runs, interrupts and requests",
  },
  responseCache: false,
  modelRouting: false,
  tokenMonitoring: false,
}

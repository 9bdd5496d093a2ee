import { defineConfig } from 'vitest/config'

/** A test's tier shows in its file name or folder; each tier is a Vitest project (`vitest run --project unit`). */
const everywhere = ['packages/*/src/**', 'charts/src/**', 'infra/src/**']
const named = (ending: string): string[] => everywhere.map((folder) => `${folder}/*.${ending}`)

/** Milliseconds that a test without a process of its own may take: Vitest's 5 s are not enough on a machine that other programs load. */
const patience = 30_000

interface Project {
  readonly test: {
    readonly name: string
    readonly include: string[]
    readonly exclude?: string[]
    readonly globalSetup?: string[]
    readonly fileParallelism?: boolean
    readonly isolate?: boolean
    readonly testTimeout: number
    readonly hookTimeout?: number
  }
}

export const projects: readonly Project[] = [
  {
    test: {
      name: 'unit',
      include: [...named('test.ts'), 'test/*.test.ts'],
      exclude: [...named('int.test.ts'), ...named('svc.test.ts'), ...named('long.test.ts')],
      // Files of a worker share its modules: loading LangChain again for each of them takes as long as the tests.
      isolate: false,
      testTimeout: patience,
    },
  },
  { test: { name: 'snapshot', include: ['test/snapshot/**/*.test.ts'], testTimeout: patience } },
  { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 60_000 } },
  // Needs promtool (Debian) and kubeconform (Go): `.ci/run` brings them, and their absence is a failure there.
  { test: { name: 'tools', include: ['test/tools/**/*.test.ts'], testTimeout: 120_000 } },
  {
    test: {
      name: 'integration',
      include: [...named('int.test.ts'), 'test/integration/**/*.test.ts', 'test/faults/core/**/*.test.ts'],
      globalSetup: ['test/integration/embedded-postgres.ts'],
      isolate: false,
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  },
  // Takes minutes: kills of servers, the compiled image, and the how-tos. `.ci/run` runs it.
  {
    test: {
      name: 'long',
      include: [...named('long.test.ts'), 'test/long/**/*.test.ts'],
      globalSetup: ['test/integration/embedded-postgres.ts'],
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  },
  // Needs redis-server and podman. Files take turns: what one of them stops or floods, another would time.
  {
    test: {
      name: 'services',
      include: [...named('svc.test.ts'), 'test/services/**/*.test.ts'],
      globalSetup: ['test/integration/embedded-postgres.ts'],
      fileParallelism: false,
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  },
  // Takes minutes: runs wait for leases, pauses and outages. Each file stops only its own servers and its own PostgreSQL.
  {
    test: {
      name: 'faults',
      include: ['test/faults/**/*.test.ts'],
      exclude: ['test/faults/core/**'],
      globalSetup: ['test/integration/embedded-postgres.ts'],
      testTimeout: 240_000,
      hookTimeout: 240_000,
    },
  },
  // Needs Go and redis-server. One cluster for all files, so one file at a time.
  {
    test: {
      name: 'cluster',
      include: ['test/cluster/**/*.test.ts'],
      exclude: ['test/cluster/pulumi/**'],
      globalSetup: ['test/cluster/ground/set-up.ts'],
      fileParallelism: false,
      // Every wait inside is shorter and says what it waited for.
      testTimeout: 300_000,
      hookTimeout: 300_000,
    },
  },
  // Needs Go. A real engine of Pulumi without a cluster: its providers are recorded.
  {
    test: {
      name: 'engine',
      include: ['test/cluster/pulumi/**/*.test.ts'],
      fileParallelism: false,
      testTimeout: 120_000,
      hookTimeout: 300_000,
    },
  },
]

// One worker per core of the smallest machine that runs the tests. test/run.ts gives more to the tiers whose files mostly wait.
export default defineConfig({ test: { maxWorkers: 2, projects: [...projects] } })

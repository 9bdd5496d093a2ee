import { defineConfig } from 'vitest/config'

/** Folders of source code with tests. The file name or folder of a test determines its tier; each tier is a Vitest project. */
const everywhere = ['packages/*/src/**', 'charts/src/**', 'infra/src/**']
const named = (ending: string): string[] => everywhere.map((folder) => `${folder}/*.${ending}`)

/** Timeout in milliseconds of a test that starts no process. Vitest's default of 5 s is too short on a busy machine. */
const patience = 30_000
/** The same for a test that starts processes or waits for a server: ten times what the slowest of them takes on two idle cores. */
const patienceWithProcesses = 180_000

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
      include: [...named('test.ts'), 'packages/agents/*.test.ts', 'test/*.test.ts'],
      exclude: [...named('int.test.ts'), ...named('svc.test.ts'), ...named('long.test.ts')],
      // Test files of a worker share its modules, because loading LangChain for each file takes as long as the tests.
      isolate: false,
      testTimeout: patience,
    },
  },
  { test: { name: 'snapshot', include: ['test/snapshot/**/*.test.ts'], testTimeout: patience } },
  { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: patienceWithProcesses } },
  // Needs promtool (Debian) and kubeconform (Go), which `.ci/run` installs. The tests fail without them.
  { test: { name: 'tools', include: ['test/tools/**/*.test.ts'], testTimeout: 120_000 } },
  {
    test: {
      name: 'integration',
      include: [...named('int.test.ts'), 'test/integration/**/*.test.ts', 'test/faults/core/**/*.test.ts'],
      globalSetup: ['test/integration/embedded-postgres.ts'],
      isolate: false,
      testTimeout: patienceWithProcesses,
      hookTimeout: patienceWithProcesses,
    },
  },
  // Takes minutes: killed servers, the compiled image, and the how-tos. `.ci/run` runs it.
  {
    test: {
      name: 'long',
      include: [...named('long.test.ts'), 'test/long/**/*.test.ts'],
      globalSetup: ['test/integration/embedded-postgres.ts'],
      testTimeout: patienceWithProcesses,
      hookTimeout: patienceWithProcesses,
    },
  },
  // Needs Chromium (Debian), which `.ci/run` installs.
  {
    test: {
      name: 'browser',
      include: ['test/browser/**/*.test.ts'],
      globalSetup: ['test/integration/embedded-postgres.ts'],
      testTimeout: patienceWithProcesses,
      hookTimeout: patienceWithProcesses,
    },
  },
  // Needs redis-server and podman. Test files run one after another, because stopping or flooding a service would disturb the others.
  {
    test: {
      name: 'services',
      include: [...named('svc.test.ts'), 'test/services/**/*.test.ts'],
      globalSetup: ['test/integration/embedded-postgres.ts'],
      fileParallelism: false,
      testTimeout: patienceWithProcesses,
      hookTimeout: patienceWithProcesses,
    },
  },
  // Takes minutes, because runs wait for leases, pauses and outages. Each file stops only its own servers and its own PostgreSQL.
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
  // Needs Go and redis-server. All files share one cluster, so they run one after another.
  {
    test: {
      name: 'cluster',
      include: ['test/cluster/**/*.test.ts'],
      exclude: ['test/cluster/pulumi/**'],
      globalSetup: ['test/cluster/ground/set-up.ts'],
      fileParallelism: false,
      // Every wait in a test has a shorter timeout and says what it waited for.
      testTimeout: 300_000,
      hookTimeout: 300_000,
    },
  },
  // Needs Go. Each file has its own real Pulumi engine with recorded providers; the how-to has an API server and Argo CD of its own.
  {
    test: {
      name: 'engine',
      include: ['test/cluster/pulumi/**/*.test.ts'],
      testTimeout: 240_000,
      hookTimeout: 300_000,
    },
  },
]

// One worker per core of the smallest machine that runs the tests. test/run.ts sets more for tiers whose files mostly wait.
export default defineConfig({ test: { maxWorkers: 2, projects: [...projects] } })

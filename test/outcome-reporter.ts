import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule, Vitest } from 'vitest/node'

/** Result of a Vitest run. */
export interface Outcome {
  readonly passed: number
  /**
   * Number of failures: failed tests, files that failed without a failed test, and errors that belong to no test, such as an unhandled
   * rejection.
   */
  readonly failed: number
}

/** Name of the reporter's option in Vitest: `--outputFile.outcome=FILE`. */
const key = 'outcome'

/** Vitest reporter that writes an `Outcome` as JSON. Vitest's own JSON report leaves out the errors that belong to no test. */
export default class OutcomeReporter implements Reporter {
  #file = ''

  onInit({ config: { outputFile } }: Vitest): void {
    const file: unknown = typeof outputFile === 'object' ? Reflect.get(outputFile, key) : undefined
    if (typeof file !== 'string') throw new Error(`The outcome reporter has no file. Pass --outputFile.${key}=FILE.`)
    this.#file = file
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0
    let failed = unhandledErrors.length
    for (const module of modules) {
      const results = [...module.children.allTests()].map((test) => test.result().state)
      const failedTests = results.filter((state) => state === 'failed').length
      passed += results.filter((state) => state === 'passed').length
      // A file that could not be loaded, or whose set-up failed, has no failed test. It counts as one failed test.
      failed += failedTests === 0 && !module.ok() ? 1 : failedTests
    }
    const outcome: Outcome = { passed, failed }
    writeFileSync(this.#file, JSON.stringify(outcome))
  }
}

import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule, Vitest } from 'vitest/node'

/** Result of a Vitest run. */
export interface Outcome {
  readonly passed: number
  /**
   * One line per failure: a failed test with its file and the first line of its error, a file that failed without a failed test, or an error that
   * belongs to no test, such as an unhandled rejection.
   */
  readonly failures: readonly string[]
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
    const failures = unhandledErrors.map((error) => `no test: ${firstLine(error)}`)
    for (const module of modules) {
      const tests = [...module.children.allTests()]
      passed += tests.filter((test) => test.result().state === 'passed').length
      const failed = tests.filter((test) => test.result().state === 'failed')
      const file = module.relativeModuleId
      failures.push(...failed.map((test) => `${file} > ${test.fullName}: ${firstLine(test.result().errors?.[0])}`))
      // A file that could not be loaded, or whose set-up failed, has no failed test.
      if (failed.length === 0 && !module.ok()) failures.push(`${file}: ${firstLine(module.errors()[0])}`)
    }
    const outcome: Outcome = { passed, failures }
    writeFileSync(this.#file, JSON.stringify(outcome))
  }
}

/** The first line of an error's message, at most 300 characters. */
function firstLine(error: unknown): string {
  const message: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : error
  return String(message ?? 'no message')
    .replace(/\n[\s\S]*/, '')
    .slice(0, 300)
}

import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { checkoutCopy } from '../checkout-copy.ts'

test('the test cases and the outage of an alert by "hadal new" pass in promtool', { timeout: 300_000 }, () => {
  const { folder, environment, remove } = checkoutCopy()
  const run = (program: string, ...args: string[]): string =>
    execFileSync(program, args, { cwd: folder, env: { ...environment, NO_COLOR: '1' }, encoding: 'utf8' })
  try {
    // A name that no alert of the checkout has.
    run('hadal', 'new', 'alert', 'AlertOfThisTest')
    run('hadal', 'render')
    expect(run('vitest', 'run', '--project', 'tools', 'test/tools/promtool.test.ts')).toMatch(/Tests {2}\d+ passed/)
  } finally {
    remove()
  }
})

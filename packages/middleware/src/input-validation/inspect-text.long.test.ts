import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'

const program = join(import.meta.dirname, '../fixtures/inspect-hostile-texts.ts')

test('inspecting hostile texts of 4 MB takes less than 180 MiB', { timeout: 120_000 }, () => {
  expect(Number(execFileSync(process.execPath, [program], { encoding: 'utf8' }))).toBeLessThan(180)
})

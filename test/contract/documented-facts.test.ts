import { errorBudgetMinutes } from '@hadal/platform/error-budget'
import { migrations } from '@hadal/runtime/store/migrations/migrations'
import { expect, test } from 'vitest'
import { readDocument } from './documented-code.ts'

test('docs/slo.md has the error budgets in minutes', () => {
  const page = readDocument('docs/slo.md')
  const [, head = ''] = /^\| objective \|(.*)\|$/m.exec(page.split('## Error budget')[1] ?? '') ?? []
  const days = [...head.matchAll(/(\d+) days/g)].map(([, count]) => Number(count))
  const rows = [...page.matchAll(/^\| ([\d.]+) % \|(.*)\|$/gm)]
  expect(days).toEqual([7, 30, 90])
  expect(rows.length).toBeGreaterThan(3)
  for (const [, percent, cells = ''] of rows)
    expect(cells.split('|').map(Number)).toEqual(
      days.map((windowDays) => errorBudgetMinutes({ availabilityPercent: Number(percent), windowDays })),
    )
})

test('docs/upgrade.md lists the migrations', () => {
  const rows = [...readDocument('docs/upgrade.md').matchAll(/^\| (\d+) \| (.*) \|$/gm)]
  expect(rows.map(([, version, name]) => ({ version: Number(version), name }))).toEqual(
    migrations.map(({ version, name }) => ({ version, name })),
  )
})

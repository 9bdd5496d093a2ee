import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PlainError } from '../plain-error.ts'
import { withAlert } from './alert-list.ts'
import { alertSource, runbook } from './alert-template.ts'
import { camelCase, kebabCase } from './names.ts'
import type { NewOptions } from './new-agent.ts'
import { writeFiles } from './write-files.ts'

const listFile = 'charts/src/alerts/all.ts'

/**
 * Writes an alert with its three cases, its runbook and its line in the list. All of it or nothing.
 *
 * @throws {PlainError} where the name is taken or can't be one
 */
export function newAlert({ root, name, write }: NewOptions): void {
  if (!/^([A-Z][a-z]+){2,}$/.test(name) || name.length > 60) {
    throw new PlainError(
      `"${name}" can't be the name of an alert: two words or more, each with a capital first and small letters after it, e.g. "AgentQueueLate".`,
    )
  }
  const file = `charts/src/alerts/${kebabCase(name)}.ts`
  const runbookFile = `docs/runbooks/${name}.md`
  for (const path of [file, runbookFile])
    if (existsSync(join(root, path))) throw new PlainError(`${path} is there already. Choose another name.`)
  if (!existsSync(join(root, listFile)))
    throw new PlainError(`${join(root, listFile)} is missing: alerts are listed there.`)

  const exported = camelCase(name)
  const list = withAlert(listFile, readFileSync(join(root, listFile), 'utf8'), exported, `./${kebabCase(name)}.ts`)
  writeFiles(
    root,
    new Map([
      [file, alertSource(name, exported)],
      [runbookFile, runbook(name)],
      [listFile, list],
    ]),
  )
  write(`${file} the alert: its rule, and three cases that prove it`)
  write(`${runbookFile} what to do when it fires`)
  write(`${listFile} lists it`)
  write('')
  write('Next:')
  write(`  1. Write its rule and cases in ${file}; its metric stands in charts/src/alerts/metrics.ts.`)
  write(`  2. Write ${runbookFile} for somebody who is tired.`)
  write('  3. npx hadal render')
  write('  4. npx vitest run --project contract test/contract/alerts.test.ts')
}

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
 * Writes the files of a new alert: its rule with three test cases and an outage, its runbook and its line in the list. If one can't be written, none is.
 *
 * @throws {PlainError} if the name is taken or invalid
 */
export function newAlert({ root, name, write }: NewOptions): void {
  if (!/^([A-Z][a-z]+){2,}$/.test(name) || name.length > 60) {
    throw new PlainError(
      `Invalid name of an alert: "${name}". Use at least two words in PascalCase, without digits, e.g. "AgentQueueLate".`,
    )
  }
  const file = `charts/src/alerts/${kebabCase(name)}.ts`
  const runbookFile = `docs/runbooks/${name}.md`
  for (const path of [file, runbookFile])
    if (existsSync(join(root, path))) throw new PlainError(`${path} already exists. Choose another name.`)
  if (!existsSync(join(root, listFile)))
    throw new PlainError(`${join(root, listFile)} is missing. Create it: alerts are registered there.`)

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
  write(`${file} the alert: its rule, three test cases and an outage`)
  write(`${runbookFile} its runbook`)
  write(`${listFile} registers it`)
  write('')
  write('Next:')
  write(`  1. Write its rule, test cases and outages in ${file}. The metrics are in charts/src/alerts/metrics.ts.`)
  write(`  2. Write ${runbookFile}, so that a tired reader can follow it.`)
  write('  3. npx hadal render')
  write('  4. npx vitest run --project contract test/contract/alerts.test.ts')
}

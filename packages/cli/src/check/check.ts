import { renderEnvironment } from '@hadal/charts/render-environment'
import { loadEnvironment } from '@hadal/platform/load-environment'
import { unpinnedOperators } from '@hadal/platform/operators/unpinned-operators'
import { compareWithCommitted } from '../render/compare-with-committed.ts'
import { readSubject } from './read-subject.ts'
import { checkReport } from './report.ts'
import { type Paint, reportTable } from './report-table.ts'

export interface CheckOptions {
  /** Root folder of the repository or copy that contains `environments/`. */
  readonly root: string
  readonly name: string
  /** Whether to write JSON instead of the table. */
  readonly json: boolean
  readonly paint: Paint
  readonly write: (line: string) => void
}

/**
 * Checks an environment against the production guide's checklist. It reads only files of the repository and writes none.
 *
 * @returns the exit status: 0, or 1 if a required item is missing, the committed manifests differ from the rendered ones, or an operator is not pinned
 * @throws {EnvironmentProblems} if the environment is unknown or invalid
 * @throws {PlainError} if the agents' description is missing or invalid
 */
export async function check({ root, name, json, paint, write }: CheckOptions): Promise<0 | 1> {
  const environment = await loadEnvironment(root, name)
  const objects = renderEnvironment(environment)
  const differences = compareWithCommitted(root, name, objects)
  const report = checkReport(readSubject(root, environment, objects), differences, unpinnedOperators(root, environment))
  if (json) write(JSON.stringify(report, null, 2))
  else for (const line of reportTable(report, paint)) write(line)
  return report.holds ? 0 : 1
}

import { renderEnvironment } from '@hadal/charts/render-environment'
import { loadEnvironment } from '@hadal/platform/load-environment'
import { compareWithCommitted } from '../render/compare-with-committed.ts'
import { readSubject } from './read-subject.ts'
import { checkReport } from './report.ts'
import { type Paint, reportTable } from './report-table.ts'

export interface CheckOptions {
  /** The folder that holds `environments/`. */
  readonly root: string
  readonly name: string
  /** JSON instead of the table. */
  readonly json: boolean
  readonly paint: Paint
  readonly write: (line: string) => void
}

/**
 * Answers the production guide's checklist for an environment. Reads files and nothing else, and writes none.
 *
 * @returns the exit status: 0, or 1 where a required item is missing or the manifests are not as rendered
 * @throws {EnvironmentProblems} where the environment is unknown or broken
 * @throws {PlainError} where nothing is known of the agents
 */
export async function check({ root, name, json, paint, write }: CheckOptions): Promise<0 | 1> {
  const environment = await loadEnvironment(root, name)
  const objects = renderEnvironment(environment)
  const differences = compareWithCommitted(root, name, objects)
  const report = checkReport(readSubject(root, environment, objects), differences)
  if (json) write(JSON.stringify(report, null, 2))
  else for (const line of reportTable(report, paint)) write(line)
  return report.holds ? 0 : 1
}

import { loadEnvironments } from '@hadal/platform/load-environment'
import { neededOperators } from '@hadal/platform/operators/needed-operators'
import {
  operatorPinsFile,
  type PinnedName,
  pinCommand,
  pinnedNames,
  readOperatorPins,
  sourceOf,
} from '@hadal/platform/operators/operator-pins'

export interface ListOperatorsOptions {
  /** Root folder of the repository that contains `environments/` and `infra/`. */
  readonly root: string
  readonly write: (line: string) => void
}

/**
 * Lists Argo CD and the operators with their versions, and the environments whose stacks install them.
 *
 * @throws {EnvironmentProblems} if an environment or `infra/operators.json` is invalid
 */
export async function listOperators({ root, write }: ListOperatorsOptions): Promise<void> {
  const pins = readOperatorPins(root)
  const managed = (await loadEnvironments(root)).filter(({ cluster }) => cluster.operators === 'managed')
  const usersOf = (name: PinnedName): string[] =>
    managed
      .filter((environment) => name === 'argo-cd' || neededOperators(environment).some((needed) => needed === name))
      .map((environment) => environment.name)
  const rows = pinnedNames.map((name) => {
    const { sha256, version } = pins[name]
    const users = usersOf(name)
    const state = sha256 === null ? 'not pinned' : 'pinned'
    return [name, version, state, users.length > 0 ? `installed by ${users.join(', ')}` : ''] as const
  })
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  for (const row of rows)
    write(
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
  const missing = pinnedNames.filter((name) => pins[name].sha256 === null)
  if (missing.length === 0) return
  write(`A stack can't install an operator that is not pinned. ${operatorPinsFile} names where each comes from:`)
  for (const name of missing) write(`  ${pinCommand(name)}  (${sourceOf(pins[name])})`)
}

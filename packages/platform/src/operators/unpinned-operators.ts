import type { Environment } from '../environment.ts'
import { neededOperators } from './needed-operators.ts'
import { type PinnedName, pinCommand, readOperatorPins } from './operator-pins.ts'

/** An operator that an environment's stack must install and can't, because its manifests have no checksum yet. */
export interface UnpinnedOperator {
  readonly name: PinnedName
  readonly version: string
  /** Command that fetches the manifests and records their checksum. */
  readonly command: string
}

/**
 * The operators, Argo CD included, that the stack of an environment must install and that are not pinned. Empty if they are already installed.
 *
 * @throws {EnvironmentProblems} if `infra/operators.json` is missing or invalid and the environment needs it
 */
export function unpinnedOperators(root: string, environment: Environment): UnpinnedOperator[] {
  if (environment.cluster.operators === 'present') return []
  const pins = readOperatorPins(root)
  const needed: PinnedName[] = ['argo-cd', ...neededOperators(environment)]
  return needed
    .filter((name) => pins[name].sha256 === null)
    .map((name) => ({ name, version: pins[name].version, command: pinCommand(name) }))
}

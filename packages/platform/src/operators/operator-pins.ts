import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { EnvironmentProblems } from '../problem.ts'
import { schemaProblems } from '../schema-problems.ts'

/** File with the pins of Argo CD and the operators, relative to the repository's root. `hadal operators pin` and Renovate edit it. */
export const operatorPinsFile = 'infra/operators.json'

/** Where the manifests of one operator are, and the checksum of the bytes that a reviewer accepted. */
export const OperatorPin = z.strictObject({
  /** Repository of the operator's project on GitHub, whose releases Renovate follows. */
  project: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'owner and name of a repository, e.g. "kedacore/keda"'),
  /** Version of the operator, without the leading `v`. */
  version: z.string().regex(/^\d+\.\d+\.\d+(-[\w.]+)?$/, 'a version without a leading "v", e.g. "2.21.0"'),
  /** SHA-256 checksum of the operator's manifests. Null if this version was not fetched yet. Such a version can't be installed. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits, or null')
    .nullable(),
  /** Address of the operator's manifests (https), or a path in this repository. `{version}` is replaced by the version. */
  from: z.string().min(1),
})
export type OperatorPin = z.infer<typeof OperatorPin>

export const OperatorPins = z.strictObject({
  'argo-cd': OperatorPin,
  'prometheus-operator': OperatorPin,
  'cert-manager': OperatorPin,
  'cloudnative-pg': OperatorPin,
  'plugin-barman-cloud': OperatorPin,
  'external-secrets': OperatorPin,
  keda: OperatorPin,
  'redis-operator': OperatorPin,
})
export type OperatorPins = z.infer<typeof OperatorPins>

/** Name of Argo CD or of an operator, as in `infra/operators.json`. */
export type PinnedName = keyof OperatorPins

/** Names of Argo CD and of all operators that a stack can install. */
export const pinnedNames: readonly PinnedName[] = OperatorPins.keyof().options

/** Address or path of the manifests, with the version in place of `{version}`. */
export const sourceOf = ({ from, version }: Pick<OperatorPin, 'from' | 'version'>): string =>
  from.replaceAll('{version}', version)

/** Command that pins an operator. */
export const pinCommand = (name: PinnedName): string => `npx hadal operators pin ${name}`

/**
 * Reads `infra/operators.json`.
 *
 * @param root the folder that holds `infra/`
 * @throws {EnvironmentProblems} if the file is missing or invalid, with all problems
 */
export function readOperatorPins(root: string): OperatorPins {
  const file = operatorPinsFile
  const whole = (allowed: string) => {
    const remedy = 'Restore it from Git.'
    return new EnvironmentProblems('The pins of the operators are invalid:', [{ file, path: '', allowed, remedy }])
  }
  if (!existsSync(join(root, file))) throw whole('The file is missing.')
  let content: unknown
  try {
    content = JSON.parse(readFileSync(join(root, file), 'utf8'))
  } catch (error) {
    throw whole(`The file is not valid JSON (${error instanceof Error ? error.message : error}).`)
  }
  const parsed = OperatorPins.safeParse(content)
  if (parsed.success) return parsed.data
  const problems = schemaProblems(OperatorPins, content, parsed.error).map((problem) => ({ ...problem, file }))
  throw new EnvironmentProblems('The pins of the operators are invalid:', problems)
}
